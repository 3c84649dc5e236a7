using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.Application.Jobs;

public interface IJobRunner
{
    bool Handles(JobType type);

    /// <summary>
    /// Runs in a scope of the job's application; <see cref="Common.IChatDbContext"/> tracks the job. Save <see cref="Job.Advance"/> in the
    /// transaction of the work: then each step happens exactly once, because saving throws once the job was cancelled or taken over.
    /// A try may stop anywhere; the next one continues from <see cref="Job.Processed"/>.
    /// </summary>
    /// <returns><see cref="JobPostponed"/> retries later, any other error fails the job. An exception is retried a few times.</returns>
    Task<Result<Done>> RunAsync(Job job, CancellationToken cancellationToken);
}

/// <summary>Something the job needs is missing for now; it is retried after the delay, without a limit.</summary>
public sealed record JobPostponed(string Message, TimeSpan Delay) : Error("job.postponed", Message);
