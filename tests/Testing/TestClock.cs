namespace ChatPlatform.Testing;

/// <summary>Returns the time that a test sets. Timers and elapsed times are real.</summary>
public sealed class TestClock : TimeProvider
{
    private DateTimeOffset _now = SeededCommunity.Now;

    /// <summary>UTC.</summary>
    public DateTime Now
    {
        get => _now.UtcDateTime;
        set => _now = new DateTimeOffset(value, TimeSpan.Zero);
    }

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
