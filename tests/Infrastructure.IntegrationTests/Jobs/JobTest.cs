using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.Jobs;
using ChatPlatform.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ChatPlatform.Infrastructure.IntegrationTests.Jobs;

/// <summary>Creates jobs directly in the database.</summary>
public abstract class JobTest : DatabaseTest
{
    /// <summary>The queue of another server on this database.</summary>
    private protected JobQueue AnotherWorker() => ActivatorUtilities.CreateInstance<JobQueue>(Services);

    private protected Task<JobClaim?> ClaimAsync(JobQueue worker, params JobClaim[] held) =>
        worker.ClaimAsync(held, CancellationToken.None);

    protected async Task<long> CreateJobAsync(SeededApplication application, JobType type = JobType.UserAnalyticsExport)
    {
        await using var db = ContextFor(application);
        var job = Job.Create(application.Id, type, Clock.Now);
        db.Jobs.Add(job);
        await db.SaveChangesAsync();
        return job.Id;
    }

    protected async Task<Job> ReadJobAsync(long id)
    {
        await using var db = Database.ContextFor();
        return await db.Jobs.IgnoreQueryFilters().AsNoTracking().SingleAsync(job => job.Id == id);
    }
}
