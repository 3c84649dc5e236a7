namespace ChatPlatform.Application.Statistics;

/// <summary>Something counted a day, and compared.</summary>
/// <param name="Days">Every day of the period, ascending, zeros too; made while it is read.</param>
/// <param name="Period">The whole period, against as many days right before.</param>
/// <param name="LastDay">The last day, against the day before it.</param>
public sealed record DailyCountsView(IEnumerable<DayCountView> Days, ComparedCountView Period, ComparedCountView LastDay)
{
    /// <param name="figures">Of the days that were looked at; all others count nothing.</param>
    internal static DailyCountsView Of(DayRange period, IReadOnlyList<DayFigure> figures)
    {
        var byDay = figures.ToDictionary(figure => figure.Day);
        var now = figures.Where(figure => figure.Day >= period.First.DayNumber).Select(figure => figure.OfPeriod).FirstOrDefault();
        var before = figures.Where(figure => figure.Day < period.First.DayNumber).Select(figure => figure.OfPeriod).FirstOrDefault();
        var last = byDay.GetValueOrDefault(period.Last.DayNumber);
        return new DailyCountsView(
            period.Dates.Select(date => new DayCountView(date, byDay.GetValueOrDefault(date.DayNumber).Count)),
            new ComparedCountView(now, now - before),
            new ComparedCountView(last.Count, last.Variation));
    }
}

public sealed record DayCountView(DateOnly Date, long Count);

/// <param name="Variation">The count less that of the period before.</param>
public sealed record ComparedCountView(long Count, long Variation);
