using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Infrastructure.Files;

/// <summary>Removes the released files of all applications. Several servers can run it at the same time.</summary>
public sealed class FileCleanup(IDbContextFactory<ChatDbContext> contexts, IFileStore files, TimeProvider clock)
{
    private const int BatchSize = 100;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        while (await CleanUpAsync(db, clock.UtcNow(), cancellationToken) == BatchSize)
        {
        }
    }

    private async Task<int> CleanUpAsync(ChatDbContext db, DateTime now, CancellationToken cancellationToken)
    {
        var released = await db.HostedFiles.IgnoreQueryFilters().AsNoTracking()
            .Where(file => file.ReleasedTime <= now)
            .OrderBy(file => file.ReleasedTime).Take(BatchSize).ToListAsync(cancellationToken);
        foreach (var file in released)
        {
            // The file first: while its row exists, the next cleanup finds it again.
            files.Delete(file.StoreName);
            await db.HostedFiles.IgnoreQueryFilters()
                .Where(row => row.ApplicationId == file.ApplicationId && row.Path == file.Path)
                .ExecuteDeleteAsync(cancellationToken);
        }

        return released.Count;
    }
}
