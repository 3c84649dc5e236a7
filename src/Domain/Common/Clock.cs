namespace ChatPlatform.Domain.Common;

public static class Clock
{
    /// <summary>Now in UTC, cut to the microsecond that the database keeps, so that an answer and a later read agree.</summary>
    public static DateTime UtcNow(this TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
