using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.Persistence;

namespace ChatPlatform.Infrastructure.Jobs.Exports;

/// <summary>Tells now and then how many rows were written. Telling fails once the job was cancelled or taken over.</summary>
internal sealed class ExportProgress(ChatDbContext db, Job job)
{
    private const int Step = 10_000;

    private long _untold;

    public ValueTask CountAsync(CancellationToken cancellationToken) =>
        ++_untold < Step ? ValueTask.CompletedTask : new ValueTask(TellAsync(cancellationToken));

    public Task TellAsync(CancellationToken cancellationToken)
    {
        job.Advance(_untold, _untold, skipped: 0, failed: 0, bytesRead: 0);
        _untold = 0;
        return db.SaveChangesAsync(cancellationToken);
    }
}
