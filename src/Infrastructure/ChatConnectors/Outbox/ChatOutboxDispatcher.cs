using ChatPlatform.Application.Chats;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.ChatConnectors.Outbox;

/// <summary>
/// Executes the entries of the outbox, for each chat one at a time and in order. An entry is claimed in one transaction, executed
/// outside a transaction, and its result is stored in another one. After a crash in between the entry stays claimed and its outcome
/// is unknown.
/// </summary>
internal sealed class ChatOutboxDispatcher(
    IServiceScopeFactory scopes,
    IDbContextFactory<ChatDbContext> contexts,
    IEnumerable<IChatConnector> connectors,
    ChatOutboxMetrics metrics,
    TimeProvider clock,
    ILogger<ChatOutboxDispatcher> log)
{
    /// <summary>Must exceed the longest call.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>For failures that need an operator; the attempts take about two hours.</summary>
    private const int MaxAttemptsWithoutHelp = 20;

    private const int MaxDoublings = 9;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    /// <summary>Executes the entry that has been due longest.</summary>
    /// <returns>False when no entry is due.</returns>
    public async Task<bool> DispatchNextAsync(CancellationToken cancellationToken)
    {
        if (await ClaimAsync(cancellationToken) is not { } claimed)
        {
            return false;
        }

        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(claimed.Entry.ApplicationId);
        var (connector, chat, entry) = claimed;
        var operation = ServiceOperation.FromJson(entry.Operation);
        OperationResult result;
        if (claimed.WasInterrupted && !operation.IsSafeToRetry && !connector.ResendsInDoubt)
        {
            result = new OperationResult.Unknown("The server stopped during the call.");
        }
        else
        {
            var resolved = await ResolveExternalIdsAsync(
                scope.ServiceProvider.GetRequiredService<ChatDbContext>(), entry, operation, cancellationToken);
            result = resolved is null
                ? new OperationResult.Refused("The service never received the message.")
                : await ExecuteAsync(connector, entry, chat, resolved, cancellationToken);
        }

        // Also during shutdown, or the result of the call would be lost.
        await RecordAsync(scope, claimed, operation, result);
        metrics.Count(connector.Name, result);
        log.LogInformation(
            "Outbox entry {Entry} of chat {Chat}: {Operation} ended as {Result}",
            entry.Id, chat.Id, operation.GetType().Name, result.GetType().Name);
        return true;
    }

    private async Task<OperationResult> ExecuteAsync(
        IExternalChatConnector connector, ChatOutboxEntry entry, Chat chat, ServiceOperation operation, CancellationToken cancellationToken)
    {
        try
        {
            return await connector.ExecuteAsync(entry.ApplicationId, chat.ExternalId!, operation, cancellationToken);
        }
        catch (Exception exception)
        {
            log.LogError(exception, "Outbox entry {Entry} of chat {Chat} failed", entry.Id, chat.Id);
            return new OperationResult.Unknown("An internal error occurred; see the server's log.");
        }
    }

    private async Task<Claimed?> ClaimAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.UtcNow();
        var found = await db.ChatOutbox.FromSql(
            $"""
            select c.* from chat_outbox c
            where (c.state = 0 and c.not_before <= {now} or c.state = 1 and c.lease_until < {now})
              and not exists (
                select from chat_outbox o
                where o.application_id = c.application_id and o.chat_id = c.chat_id and o.state in (0, 1) and o.id < c.id)
            order by c.not_before, c.id
            limit 1
            for update skip locked
            """).IgnoreQueryFilters().ToListAsync(cancellationToken);
        if (found.Count == 0)
        {
            return null;
        }

        var entry = found[0];
        var chat = await db.Chats.IgnoreQueryFilters().AsNoTracking()
            .FirstAsync(c => c.ApplicationId == entry.ApplicationId && c.Id == entry.ChatId, cancellationToken);
        var wasInterrupted = entry.WasInterrupted;
        if (connectors.Named(chat.Service) is not IExternalChatConnector connector)
        {
            entry.Refuse($"The service '{chat.Service}' is no longer configured.", now);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return null;
        }

        entry.Claim(now, Lease);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Claimed(connector, chat, entry) { WasInterrupted = wasInterrupted };
    }

    /// <summary>Fills in the service's ids of the messages; null when the service never received them.</summary>
    private static async Task<ServiceOperation?> ResolveExternalIdsAsync(
        ChatDbContext db, ChatOutboxEntry entry, ServiceOperation operation, CancellationToken cancellationToken)
    {
        switch (operation)
        {
            case ServiceOperation.SendMessage send:
                var parentId = await db.Messages.Where(m => m.Id == entry.MessageId).Select(m => m.ParentId)
                    .FirstOrDefaultAsync(cancellationToken);
                return parentId is null ? send : send with { ReplyTo = await ExternalIdAsync(parentId) };
            case ServiceOperation.EditMessage edit:
                return await ExternalIdAsync(entry.MessageId) is { } changed ? edit with { MessageId = changed } : null;
            case ServiceOperation.PinMessage pin:
                return await ExternalIdAsync(entry.MessageId) is { } pinned ? pin with { MessageId = pinned } : null;
            default:
                return operation;
        }

        // The first part of a message that was sent in parts.
        Task<string?> ExternalIdAsync(long? messageId) => db.ChatMessageLinks
            .Where(link => link.ChatId == entry.ChatId && link.MessageId == messageId)
            .OrderBy(link => link.ExternalId.Length).ThenBy(link => link.ExternalId)
            .Select(link => link.ExternalId)
            .FirstOrDefaultAsync(cancellationToken);
    }

    private async Task RecordAsync(AsyncServiceScope scope, Claimed claimed, ServiceOperation operation, OperationResult result)
    {
        var db = scope.ServiceProvider.GetRequiredService<ChatDbContext>();
        var recorded = await scope.ServiceProvider.GetRequiredService<IChatLock>().ChangeAsync(
            claimed.Chat.Id,
            async chat =>
            {
                // If the call outlasted its lease, another server has claimed the entry and records the result. If the message was deleted
                // during the call, its entry is gone too, and the message is deleted on the service.
                var entry = await db.ChatOutbox.FirstOrDefaultAsync(c => c.Id == claimed.Entry.Id);
                if (entry?.State is ChatOutboxState.InProgress && entry.Attempts == claimed.Entry.Attempts)
                {
                    Record(db, claimed.Connector, chat, entry, operation, result);
                }
                else if (entry is null && result is OperationResult.Done { MessageId: { } messageId })
                {
                    Queue(db, chat, new ServiceOperation.DeleteMessages([messageId]), clock.UtcNow());
                }

                return Done.Success;
            },
            CancellationToken.None);
        if (!recorded.IsSuccess)
        {
            log.LogError("The result of outbox entry {Entry} could not be stored: {Error}", claimed.Entry.Id, recorded.Error.Code);
        }
    }

    private void Record(
        ChatDbContext db, IExternalChatConnector connector, Chat chat, ChatOutboxEntry entry,
        ServiceOperation operation, OperationResult result)
    {
        var now = clock.UtcNow();
        switch (result)
        {
            case OperationResult.Done done:
                entry.Finish(now);
                chat.RecordSuccess();
                SaveResult(db, chat, entry, operation, done, now);
                break;
            case OperationResult.Later later:
                entry.Postpone(later.Reason, now + (later.RetryAfter ?? BackOff(entry)));
                chat.RecordFailure(later.Reason);
                break;
            case OperationResult.NeedsHelp help when entry.Attempts < MaxAttemptsWithoutHelp:
                entry.Postpone(help.Reason, now + BackOff(entry));
                chat.RecordFailure(help.Reason);
                break;
            case OperationResult.NeedsHelp help:
                entry.Refuse(help.Reason, now);
                chat.RecordFailure(help.Reason);
                break;
            case OperationResult.Refused refused:
                entry.Refuse(refused.Reason, now);
                chat.RecordFailure(refused.Reason);
                break;
            case OperationResult.Moved moved:
                chat.MoveTo(moved.ChatExternalId);
                entry.Postpone("The chat has moved.", now);
                break;
            case OperationResult.Unknown unknown when operation.IsSafeToRetry || connector.ResendsInDoubt:
                entry.Postpone(unknown.Reason, now + BackOff(entry));
                chat.RecordFailure(unknown.Reason);
                break;
            case OperationResult.Unknown unknown:
                entry.MarkInDoubt(unknown.Reason, now);
                chat.RecordFailure($"Message {entry.MessageId} may or may not have arrived and was not sent again: {unknown.Reason}");
                break;
            default:
                throw new InvalidOperationException($"Unknown result {result.GetType().Name}.");
        }
    }

    private static void SaveResult(
        ChatDbContext db, Chat chat, ChatOutboxEntry entry, ServiceOperation operation, OperationResult.Done done, DateTime now)
    {
        if (operation is ServiceOperation.SendMessage && done.MessageId is { } externalId && entry.MessageId is { } messageId)
        {
            db.ChatMessageLinks.Add(ChatMessageLink.Create(chat.ApplicationId, chat.Id, externalId, messageId));
        }

        if (done.Link is { } link && operation is ServiceOperation.CreateInvitation invite)
        {
            var invited = chat.ReplaceInvitation(link, invite.ExpiresAt, invite.MaxUses, now);
            if (!invited.IsSuccess)
            {
                // The chat was closed during the call: the new link must not work.
                Queue(db, chat, new ServiceOperation.RevokeInvitation(link), now);
            }
        }
    }

    private static void Queue(ChatDbContext db, Chat chat, ServiceOperation operation, DateTime now) =>
        db.ChatOutbox.Add(ChatOutboxEntry.Create(chat.ApplicationId, chat.Id, operation.ToJson(), null, now));

    private static TimeSpan BackOff(ChatOutboxEntry entry) => FirstDelay * Math.Pow(2, Math.Min(entry.Attempts - 1, MaxDoublings));

    private sealed record Claimed(IExternalChatConnector Connector, Chat Chat, ChatOutboxEntry Entry)
    {
        public bool WasInterrupted { get; init; }
    }
}
