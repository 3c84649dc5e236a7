using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Infrastructure.ChatServices.Outbox;

/// <summary>Forgets calls that were made and updates that were taken in, once nobody can ask for them again.</summary>
internal sealed class CallPruning(IDbContextFactory<ChatDbContext> contexts, TimeProvider clock)
{
    /// <summary>Services tell an update again for a day or so.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private DateTime _next = DateTime.MinValue;

    public async Task PruneAsync(CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        if (now < _next)
        {
            return;
        }

        _next = now + Every;
        var before = now - Kept;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.ServiceUpdates.IgnoreQueryFilters().Where(update => update.ReceivedTime < before).ExecuteDeleteAsync(cancellationToken);
        await db.ChatCalls.IgnoreQueryFilters().Where(call => call.State == ChatCallState.Done && call.EndedTime < before)
            .ExecuteDeleteAsync(cancellationToken);
    }
}
