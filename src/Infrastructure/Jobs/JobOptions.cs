namespace ChatPlatform.Infrastructure.Jobs;

/// <summary>How this server works jobs off (configuration section <c>Jobs</c>).</summary>
public sealed class JobOptions
{
    /// <summary>Jobs worked on at the same time; 0 leaves them to other servers.</summary>
    public int Concurrency { get; set; } = 2;

    /// <summary>How long a job made on another server may go unseen.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a server may be silent before its jobs are taken over; it renews three times as often. Clocks of servers must agree
    /// to a fraction of it: a wrong takeover harms nothing, and wastes the work of a batch.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Tries in a row without a step forward before a job fails for good.</summary>
    public int MaxFailures { get; set; } = 5;

    /// <summary>How long the files of ended jobs are kept: uploads, and what exports made. A week by default.</summary>
    public TimeSpan KeepFiles { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Wait after the first broken try; doubled with each, up to a minute.</summary>
    public TimeSpan BackOff { get; set; } = TimeSpan.FromSeconds(1);
}
