using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Jobs.Imports;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Jobs;

/// <summary>Takes away what ended jobs no longer need. Several servers may sweep at once.</summary>
internal sealed class JobFileSweep(
    IDbContextFactory<ChatDbContext> contexts, IFileStore files, IOptions<JobOptions> options, TimeProvider clock)
{
    private const int Portion = 100;

    private static readonly TimeSpan LongestUpload = TimeSpan.FromDays(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.UtcNow();
        files.DeleteTemporaryFiles(now - LongestUpload);
        await db.Set<WaitingReply>().IgnoreQueryFilters()
            .Where(reply => db.Jobs.IgnoreQueryFilters().Any(job =>
                job.ApplicationId == reply.ApplicationId && job.Id == reply.JobId && job.EndedTime != null))
            .ExecuteDeleteAsync(cancellationToken);
        while (await SweepAsync(db, now - options.Value.KeepFiles, cancellationToken) == Portion)
        {
        }
    }

    private async Task<int> SweepAsync(ChatDbContext db, DateTime endedBefore, CancellationToken cancellationToken)
    {
        var jobs = await db.Jobs.IgnoreQueryFilters()
            .Where(job => job.File != null && job.EndedTime < endedBefore)
            .OrderBy(job => job.EndedTime).Take(Portion).ToListAsync(cancellationToken);
        foreach (var job in jobs)
        {
            // The file first: a job that still names it is swept again.
            files.Delete(job.File!);
            job.ForgetFile();
        }

        await db.SaveChangesAsync(cancellationToken);
        db.ChangeTracker.Clear();
        return jobs.Count;
    }
}
