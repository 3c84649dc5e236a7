using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.Application.Jobs;

/// <summary>Does the work of a type of job.</summary>
public interface IJobRunner
{
    bool Handles(JobType type);

    /// <summary>
    /// Works the job off, in a scope whose application is the job's. The job is tracked by the scope's <see cref="Common.IChatDbContext"/>:
    /// storing an <see cref="Job.Advance"/> in the transaction of the work itself makes each step happen exactly once, for storing it
    /// throws once the job was cancelled or taken over. A try may break off anywhere; the next one starts from <see cref="Job.Processed"/>.
    /// </summary>
    /// <param name="cancellationToken">Set when the server stops and when the job was cancelled or taken over.</param>
    /// <returns>
    /// <see cref="JobPostponed"/> has the job tried again then, any other error ends it as FAILED with its message; an exception has it
    /// tried again a few times.
    /// </returns>
    Task<Result<Done>> RunAsync(Job job, CancellationToken cancellationToken);
}

/// <summary>What a job needs is not there now and may come: it waits, however often it takes.</summary>
public sealed record JobPostponed(string Message, TimeSpan Delay) : Error("job.postponed", Message);
