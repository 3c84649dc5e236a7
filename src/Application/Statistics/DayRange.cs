namespace ChatPlatform.Application.Statistics;

/// <summary>Dates of a calendar, both inclusive; empty if the last is before the first.</summary>
internal readonly record struct DayRange(LocalCalendar Calendar, DateOnly First, DateOnly Last)
{
    public static DayRange Of(LocalCalendar calendar, DateTime start, DateTime end) =>
        new(calendar, calendar.DateOf(start), calendar.DateOf(end));

    public int Count => Last.DayNumber - First.DayNumber + 1;

    public Interval Interval => Calendar.Days(First, Last);

    /// <summary>The same number of dates before; fewer at the beginning of the calendar.</summary>
    public Interval Before => new(Calendar.BeginOf(Earlier(Count)), Calendar.BeginOf(First));

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

        var (from, to) = (Calendar.DateOf(found.From), Calendar.DateOf(found.To));
        return this with { First = from > First ? from : First, Last = to < Last ? to.AddDays(1) : Last };
    }

    public IReadOnlyList<PointInterval> Points()
    {
        var points = new List<PointInterval>(Math.Max(Count, 0));
        var begin = Count > 0 ? Calendar.BeginOf(First) : default;
        foreach (var date in Dates)
        {
            var end = Calendar.Days(date, date).To;
            points.Add(new PointInterval(date.DayNumber, new Interval(begin, end)));
            begin = end;
        }

        return points;
    }

    private DateOnly Earlier(int days) => DateOnly.FromDayNumber(Math.Max(First.DayNumber - days, 0));
}
