namespace ChatPlatform.Application.Functions;

/// <summary>Limits and retries of functions (configuration section <c>Functions</c>).</summary>
public sealed class FunctionLimits
{
    /// <summary>Maximum number of functions of an application.</summary>
    public int MaxFunctions { get; set; } = 100;

    /// <summary>Time limit of a run; 10 s by default.</summary>
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Time limit of a run of a blocking function; 3 s by default.</summary>
    public TimeSpan BlockingLimit { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Time limit for the wait before a run, including the start of its process; 10 s by default.</summary>
    public TimeSpan Wait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts for an event before it becomes a dead letter.</summary>
    public int Tries { get; set; } = 5;

    /// <summary>Delay after the first failed attempt; doubles with each, up to ten minutes.</summary>
    public TimeSpan BackOff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long invocations and dead letters are kept; 30 days by default.</summary>
    public TimeSpan Keep { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Concurrent runs for events on this server; 0 leaves them to other servers.</summary>
    public int Concurrency { get; set; } = 16;

    /// <summary>Concurrent runs for events of one application.</summary>
    public int ConcurrencyOfOne { get; set; } = 4;

    /// <summary>Packages that every application has: version ranges by name.</summary>
    public IDictionary<string, string> DefaultDependencies { get; } = new Dictionary<string, string>();
}
