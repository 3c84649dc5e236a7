using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.Persistence;

namespace ChatPlatform.Infrastructure.Jobs.Exports;

/// <summary>Saves the number of rows written every 10,000 rows. Saving fails once the job was cancelled or taken over.</summary>
internal sealed class ExportProgress(ChatDbContext db, Job job)
{
    private const int Step = 10_000;

    private long _unreported;

    public ValueTask CountAsync(CancellationToken cancellationToken) =>
        ++_unreported < Step ? ValueTask.CompletedTask : new ValueTask(ReportAsync(cancellationToken));

    public Task ReportAsync(CancellationToken cancellationToken)
    {
        job.Advance(_unreported, _unreported, skipped: 0, failed: 0, bytesRead: 0);
        _unreported = 0;
        return db.SaveChangesAsync(cancellationToken);
    }
}
