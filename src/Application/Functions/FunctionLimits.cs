namespace ChatPlatform.Application.Functions;

/// <summary>What functions may take, and how often they are tried (configuration section <c>Functions</c>).</summary>
public sealed class FunctionLimits
{
    /// <summary>Functions of an application.</summary>
    public int MaxFunctions { get; set; } = 100;

    /// <summary>How long one may run; 10 s by default.</summary>
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one may run that others wait for; 3 s by default.</summary>
    public TimeSpan BlockingLimit { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long one may wait for its turn, its process's start included; 10 s by default.</summary>
    public TimeSpan Wait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Tries for an event before it becomes a dead letter.</summary>
    public int Tries { get; set; } = 5;

    /// <summary>Wait after the first try that failed; doubled with each, up to ten minutes.</summary>
    public TimeSpan BackOff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long invocations and dead letters are kept; 30 days by default.</summary>
    public TimeSpan Keep { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Events that this server runs functions for at the same time; 0 leaves them to other servers.</summary>
    public int Concurrency { get; set; } = 16;

    /// <summary>Those of them that may be one application's.</summary>
    public int ConcurrencyOfOne { get; set; } = 4;

    /// <summary>Packages that every application has, by name with their version ranges; installed together with its own.</summary>
    public IDictionary<string, string> DefaultDependencies { get; } = new Dictionary<string, string>();
}
