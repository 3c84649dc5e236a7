using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Jobs.Imports;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Jobs;

/// <summary>Removes what ended jobs no longer need. Several servers may run it at once.</summary>
internal sealed class JobFileCleanup(
    IDbContextFactory<ChatDbContext> contexts, IFileStore files, IOptions<JobOptions> options, TimeProvider clock)
{
    private const int BatchSize = 100;

    private static readonly TimeSpan MaxUploadTime = TimeSpan.FromDays(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.UtcNow();
        files.DeleteTemporaryFiles(now - MaxUploadTime);
        await db.Set<DeferredReply>().IgnoreQueryFilters()
            .Where(reply => db.Jobs.IgnoreQueryFilters().Any(job =>
                job.ApplicationId == reply.ApplicationId && job.Id == reply.JobId && job.EndedTime != null))
            .ExecuteDeleteAsync(cancellationToken);
        while (await DeleteExpiredAsync(db, now - options.Value.KeepFiles, cancellationToken) == BatchSize)
        {
        }
    }

    private async Task<int> DeleteExpiredAsync(ChatDbContext db, DateTime endedBefore, CancellationToken cancellationToken)
    {
        var jobs = await db.Jobs.IgnoreQueryFilters()
            .Where(job => job.File != null && job.EndedTime < endedBefore)
            .OrderBy(job => job.EndedTime).Take(BatchSize).ToListAsync(cancellationToken);
        foreach (var job in jobs)
        {
            // The file first: a job that still names it is cleaned up again.
            files.Delete(job.File!);
            job.ClearFile();
        }

        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return jobs.Count;
    }
}
