using System.Collections.Concurrent;

namespace ChatPlatform.WebApi.Hosting.RateLimits;

/// <summary>Counts per server: behind a load balancer the effective limit is the limit times the number of servers.</summary>
internal sealed class FixedWindowCounter(TimeProvider clock)
{
    private const int CleanupThreshold = 10_000;

    private readonly ConcurrentDictionary<string, Window> _windows = new();

    public RateLimitState Count(string key, RateLimitRule rule)
    {
        var length = TimeSpan.FromSeconds(rule.WindowSeconds).Ticks;
        var now = clock.GetUtcNow();
        var number = now.UtcTicks / length;
        if (_windows.Count >= CleanupThreshold)
        {
            CleanUp(now);
        }

        var reset = new DateTimeOffset((number + 1) * length, TimeSpan.Zero);
        var window = _windows.AddOrUpdate(
            key,
            _ => new Window(reset, 1),
            (_, current) => current.Ends == reset ? current with { Requests = current.Requests + 1 } : new Window(reset, 1));
        return new RateLimitState(rule.Permits, Math.Max(0, rule.Permits - window.Requests), reset, window.Requests > rule.Permits);
    }

    private void CleanUp(DateTimeOffset now)
    {
        foreach (var (key, window) in _windows)
        {
            if (window.Ends <= now)
            {
                _windows.TryRemove(key, out _);
            }
        }
    }

    private sealed record Window(DateTimeOffset Ends, int Requests);
}
