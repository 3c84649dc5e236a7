namespace ChatPlatform.WebApi.Hosting.RateLimits;

/// <summary>How many calls a caller may make. <c>RateLimits:{dialect}:Permits</c> and so on; a dialect's own default stands where nothing is set.</summary>
public sealed class RateLimitRule
{
    /// <summary>Calls in a window; 0 for no limit.</summary>
    public int Permits { get; set; } = 36_000;

    public int WindowSeconds { get; set; } = 60;

    /// <summary>Whether each route is counted by itself.</summary>
    public bool PerRoute { get; set; }
}

/// <summary>Where a caller stands after a call.</summary>
/// <param name="Remaining">Calls left in this window.</param>
/// <param name="Reset">When the next window begins (UTC).</param>
public sealed record RateLimitState(int Limit, int Remaining, DateTimeOffset Reset, bool IsExceeded);
