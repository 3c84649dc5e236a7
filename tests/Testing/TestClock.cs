namespace ChatPlatform.Testing;

/// <summary>Shows the time that a test sets, and stands still between. Timers and elapsed times stay real: waiting is not faked.</summary>
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
