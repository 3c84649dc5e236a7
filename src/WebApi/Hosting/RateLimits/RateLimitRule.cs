namespace ChatPlatform.WebApi.Hosting.RateLimits;

/// <summary>The calls that a caller may make: <c>RateLimits:{dialect}:Permits</c> and so on, else the default of the dialect.</summary>
public sealed class RateLimitRule
{
    /// <summary>Calls in a window; 0 for no limit.</summary>
    public int Permits { get; set; } = 36_000;

    public int WindowSeconds { get; set; } = 60;

    public bool PerRoute { get; set; }
}

/// <param name="Reset">When the next window begins (UTC).</param>
public sealed record RateLimitState(int Limit, int Remaining, DateTimeOffset Reset, bool IsExceeded);
