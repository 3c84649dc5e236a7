namespace ChatPlatform.Application.Statistics;

/// <summary>Whole dates of a calendar, both ends included.</summary>
internal readonly record struct DayRange(LocalCalendar Calendar, DateOnly First, DateOnly Last)
{
    /// <summary>The dates that two moments (UTC) lie on, and all between.</summary>
    public static DayRange Of(LocalCalendar calendar, DateTime start, DateTime end) =>
        new(calendar, calendar.DateOf(start), calendar.DateOf(end));

    public int Count => Last.DayNumber - First.DayNumber + 1;

    public Interval Interval => Calendar.Days(First, Last);

    /// <summary>As many dates right before, as far as the calendar goes back.</summary>
    public Interval Before =>
        new(Calendar.BeginOf(DateOnly.FromDayNumber(Math.Max(First.DayNumber - Count, 0))), Calendar.BeginOf(First));
}
