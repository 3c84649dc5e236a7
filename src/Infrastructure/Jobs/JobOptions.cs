namespace ChatPlatform.Infrastructure.Jobs;

/// <summary>Configuration section <c>Jobs</c> of this server.</summary>
public sealed class JobOptions
{
    /// <summary>Jobs run at the same time; 0 leaves them to other servers.</summary>
    public int Concurrency { get; set; } = 2;

    /// <summary>How soon a job of another server is noticed.</summary>
    public TimeSpan Poll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Jobs of a server that does not renew this long are taken over; servers renew three times as often. The servers' clocks must agree
    /// to a fraction of it: a wrong takeover is safe, but repeats the work of a batch.
    /// </summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Failed tries in a row, without progress, after which a job fails.</summary>
    public int MaxFailures { get; set; } = 5;

    /// <summary>How long files of ended jobs (uploads and exports) are kept.</summary>
    public TimeSpan KeepFiles { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Delay after the first failed try; doubled with each, up to a minute.</summary>
    public TimeSpan BackOff { get; set; } = TimeSpan.FromSeconds(1);
}
