namespace ChatPlatform.Application.Statistics;

/// <summary>Dates of a calendar, both inclusive; empty if the last is before the first.</summary>
internal readonly record struct DayRange(LocalCalendar Calendar, DateOnly First, DateOnly Last)
{
    public static DayRange Of(LocalCalendar calendar, DateTime start, DateTime end) =>
        new(calendar, calendar.DateOf(start), calendar.DateOf(end));

    public int Count => Last.DayNumber - First.DayNumber + 1;

    public IReadOnlyList<Interval> Intervals => Count > 0 ? Calendar.Days(First, Last) : [];

    /// <summary>The same number of dates before; fewer at the beginning of the calendar.</summary>
    public IReadOnlyList<Interval> Before => First == DateOnly.MinValue ? [] : Calendar.Days(Earlier(Count), First.AddDays(-1));

    public DayRange WithBefore => this with { First = Earlier(Count) };

    public IEnumerable<DateOnly> Dates
    {
        get
        {
            for (var day = First.DayNumber; day <= Last.DayNumber; day++)
            {
                yield return DateOnly.FromDayNumber(day);
            }
        }
    }

    /// <summary>The dates that overlap an extent, and the next date, whose variation depends on it; no dates for null.</summary>
    public DayRange Within(Interval? extent)
    {
        if (extent is not { } found)
        {
            return this with { Last = DateOnly.FromDayNumber(0), First = DateOnly.FromDayNumber(1) };
        }

        // The clock may be set back across midnight, so that times within the extent lie one date before its first or after its last.
        var (from, to) = (Calendar.DateOf(found.From).DayNumber - 1, Calendar.DateOf(found.To).DayNumber + 1);
        return this with
        {
            First = from > First.DayNumber ? DateOnly.FromDayNumber(from) : First,
            Last = to < Last.DayNumber ? DateOnly.FromDayNumber(to + 1) : Last,
        };
    }

    /// <summary>The dates with their intervals, by time. A date may have two, and a date that the zone skipped has an empty one.</summary>
    public IReadOnlyList<PointInterval> Points()
    {
        var calendar = Calendar;
        var points = Intervals.SelectMany(calendar.Dates).Select(part => new PointInterval(part.Date.DayNumber, part.Interval)).ToList();
        var skipped = Dates.Select(date => date.DayNumber).Except(points.Select(point => point.Point))
            .Select(day => new PointInterval(day, EmptyAt(calendar.BeginOf(DateOnly.FromDayNumber(day)))));
        return [.. points.Concat(skipped).OrderBy(point => point.Interval.From).ThenBy(point => point.Interval.To)];
    }

    private static Interval EmptyAt(DateTime time) => new(time, time);

    private DateOnly Earlier(int days) => DateOnly.FromDayNumber(Math.Max(First.DayNumber - days, 0));
}
