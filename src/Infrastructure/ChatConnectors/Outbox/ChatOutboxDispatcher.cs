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
        var messages = new ExternalMessages(scope.ServiceProvider.GetRequiredService<ChatDbContext>(), chat, entry);
        var resolved = await messages.ResolveAsync(operation, cancellationToken);
        var result = !resolved.IsSuccess ? new OperationResult.Refused(resolved.Error.Message)
            : claimed.WasInterrupted && !resolved.Value.IsSafeToRetry && !connector.ResendsInDoubt
                ? new OperationResult.Unknown("The server stopped during the call.")
                : await ExecuteAsync(connector, entry, chat, resolved.Value, cancellationToken);

        // Also during shutdown, or the result of the call would be lost.
        await RecordAsync(scope, claimed, messages, resolved.IsSuccess ? resolved.Value : operation, result);
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

    private async Task RecordAsync(
        AsyncServiceScope scope, Claimed claimed, ExternalMessages messages, ServiceOperation operation, OperationResult result)
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
                    await RecordAsync(db, claimed.Connector, chat, entry, operation, result);
                    if (result is OperationResult.Done done)
                    {
                        await SaveResultAsync(db, chat, messages, operation, done);
                    }
                }
                else if (entry is null && result is OperationResult.Done { MessageId: { } messageId })
                {
                    Queue(db, chat, new ServiceOperation.DeleteMessages([messageId], claimed.Chat.ExternalId), clock.UtcNow());
                }

                return Done.Success;
            },
            CancellationToken.None);
        if (!recorded.IsSuccess)
        {
            log.LogError("The result of outbox entry {Entry} could not be stored: {Error}", claimed.Entry.Id, recorded.Error.Code);
        }
    }

    private async Task RecordAsync(
        ChatDbContext db, IExternalChatConnector connector, Chat chat, ChatOutboxEntry entry,
        ServiceOperation operation, OperationResult result)
    {
        var now = clock.UtcNow();
        switch (result)
        {
            case OperationResult.Done:
                entry.Finish(now);
                chat.RecordSuccess(await db.FindGivenUpErrorAsync(chat, CancellationToken.None));
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
                await db.MoveAsync(chat, moved.ChatExternalId, now, CancellationToken.None);
                entry.Postpone("The chat has moved.", now);
                break;
            case OperationResult.Unknown unknown when operation.IsSafeToRetry || connector.ResendsInDoubt:
                entry.Postpone(unknown.Reason, now + BackOff(entry));
                chat.RecordFailure(unknown.Reason);
                break;
            case OperationResult.Unknown unknown:
                var doubt = $"Message {entry.MessageId} may or may not have arrived and was not sent again: {unknown.Reason}";
                entry.MarkInDoubt(doubt, now);
                chat.RecordFailure(doubt);
                break;
            default:
                throw new InvalidOperationException($"Unknown result {result.GetType().Name}.");
        }
    }

    private async Task SaveResultAsync(
        ChatDbContext db, Chat chat, ExternalMessages messages, ServiceOperation operation, OperationResult.Done done)
    {
        var now = clock.UtcNow();
        foreach (var surplus in await messages.SaveAsync(operation, done))
        {
            Queue(db, chat, surplus, now);
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
