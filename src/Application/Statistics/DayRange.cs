namespace ChatPlatform.Application.Statistics;

/// <summary>Whole dates of a calendar, both ends included; empty when the last lies before the first.</summary>
internal readonly record struct DayRange(LocalCalendar Calendar, DateOnly First, DateOnly Last)
{
    /// <summary>The dates that two moments (UTC) lie on, and all between.</summary>
    public static DayRange Of(LocalCalendar calendar, DateTime start, DateTime end) =>
        new(calendar, calendar.DateOf(start), calendar.DateOf(end));

    public int Count => Last.DayNumber - First.DayNumber + 1;

    public Interval Interval => Calendar.Days(First, Last);

    /// <summary>The moments of as many dates right before, as far as the calendar goes back.</summary>
    public Interval Before => new(Calendar.BeginOf(Earlier(Count)), Calendar.BeginOf(First));

    /// <summary>The same dates and as many right before.</summary>
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

    /// <summary>The dates among these on which something can be found, and the one after them, on which it has just ended.</summary>
    /// <param name="extent">From the first thing to the last one, both included; null when there is none.</param>
    public DayRange Within(Interval? extent)
    {
        if (extent is not { } there)
        {
            return this with { Last = DateOnly.FromDayNumber(0), First = DateOnly.FromDayNumber(1) };
        }

        var (from, to) = (Calendar.DateOf(there.From), Calendar.DateOf(there.To));
        return this with { First = from > First ? from : First, Last = to < Last ? to.AddDays(1) : Last };
    }

    /// <summary>Each date as a bucket whose number is the date's.</summary>
    public IReadOnlyList<BucketInterval> Buckets()
    {
        var buckets = new List<BucketInterval>(Math.Max(Count, 0));
        var begin = Count > 0 ? Calendar.BeginOf(First) : default;
        foreach (var date in Dates)
        {
            var end = Calendar.Days(date, date).To;
            buckets.Add(new BucketInterval(date.DayNumber, new Interval(begin, end)));
            begin = end;
        }

        return buckets;
    }

    private DateOnly Earlier(int days) => DateOnly.FromDayNumber(Math.Max(First.DayNumber - days, 0));
}
