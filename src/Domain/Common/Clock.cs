namespace ChatPlatform.Domain.Common;

public static class Clock
{
    /// <summary>UTC, truncated to the microsecond as in the database, so that a response and a later read agree.</summary>
    public static DateTime UtcNow(this TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
