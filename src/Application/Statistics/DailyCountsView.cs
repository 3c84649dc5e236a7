namespace ChatPlatform.Application.Statistics;

/// <param name="Yesterday">The day before the last one, and by how much the last one differs from it.</param>
/// <param name="Days">Every day of the period, ascending, including zeros; generated while it is enumerated.</param>
public sealed record DailyCountsView(IEnumerable<DayCountView> Days, ComparedCountView Period, ComparedCountView Yesterday)
{
    internal static DailyCountsView Of(DayRange period, IReadOnlyList<DailyCount> counts)
    {
        var byDay = counts.ToDictionary(count => count.Day);
        var now = counts.Where(count => count.Day >= period.First.DayNumber).Select(count => count.PeriodTotal).FirstOrDefault();
        var before = counts.Where(count => count.Day < period.First.DayNumber).Select(count => count.PeriodTotal).FirstOrDefault();
        var last = byDay.GetValueOrDefault(period.Last.DayNumber);
        return new DailyCountsView(
            period.Dates.Select(date => new DayCountView(date, byDay.GetValueOrDefault(date.DayNumber).Count)),
            new ComparedCountView(now, now - before),
            new ComparedCountView(last.Count - last.Variation, last.Variation));
    }
}

public sealed record DayCountView(DateOnly Date, long Count);

/// <param name="Variation">Difference to the previous period of the same length.</param>
public sealed record ComparedCountView(long Count, long Variation);
