using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Infrastructure.ChatConnectors;

/// <summary>The lock is the chat's row.</summary>
internal sealed class ChatLock(ChatDbContext db) : IChatLock
{
    public async Task<Result<T>> ChangeAsync<T>(Guid chatId, Func<Chat, Task<Result<T>>> change, CancellationToken cancellationToken)
    {
        // A request with an idempotency key already has a transaction.
        await using var transaction = db.Database.CurrentTransaction is null
            ? await db.Database.BeginTransactionAsync(cancellationToken)
            : null;
        await db.Database.ExecuteSqlAsync(
            $"select 1 from chats where application_id = {db.ApplicationId} and id = {chatId} for update", cancellationToken);

        // A separate statement: only one that starts after the wait for the lock sees the changes of the previous holder.
        var chat = await db.Chats.Include(c => c.Invitations.Where(i => i.RevokedAt == null))
            .FirstOrDefaultAsync(c => c.Id == chatId, cancellationToken);
        if (chat is null)
        {
            return ChatErrors.NotFound;
        }

        var result = await change(chat);
        if (!result.IsSuccess)
        {
            db.ChangeTracker.Clear();
            return result;
        }

        await db.SaveChangesAsync(cancellationToken);
        if (transaction is not null)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return result;
    }
}
