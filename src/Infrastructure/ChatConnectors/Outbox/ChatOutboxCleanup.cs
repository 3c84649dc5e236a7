using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Infrastructure.ChatConnectors.Outbox;

/// <summary>Deletes outbox entries that were executed or refused, and the ids of processed updates after the retention.</summary>
internal sealed class ChatOutboxCleanup(IDbContextFactory<ChatDbContext> contexts, TimeProvider clock)
{
    /// <summary>Longer than services repeat an update, about a day.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private DateTime _next = DateTime.MinValue;

    public async Task CleanUpAsync(CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        if (now < _next)
        {
            return;
        }

        _next = now + Interval;
        var before = now - Retention;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.ProcessedUpdates.IgnoreQueryFilters().Where(update => update.ReceivedTime < before).ExecuteDeleteAsync(cancellationToken);
        await db.ChatOutbox.IgnoreQueryFilters()
            .Where(entry => (entry.State == ChatOutboxState.Done || entry.State == ChatOutboxState.Refused) && entry.EndedTime < before)
            .ExecuteDeleteAsync(cancellationToken);
    }
}
