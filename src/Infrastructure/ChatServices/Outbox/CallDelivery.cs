using ChatPlatform.Application.Chats;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.ChatServices.Outbox;

/// <summary>
/// Makes queued calls, one of a chat at a time and in order. A call is claimed in one transaction, made outside of any, and its end
/// stored in another. Who dies between leaves it claimed: then nobody knows whether it arrived.
/// </summary>
internal sealed class CallDelivery(
    IServiceScopeFactory scopes,
    IDbContextFactory<ChatDbContext> contexts,
    IEnumerable<IChatService> services,
    ChatServiceMetrics metrics,
    TimeProvider clock,
    ILogger<CallDelivery> log)
{
    /// <summary>Longer than any call may take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>Tries of a call that a person has to help, about two hours.</summary>
    private const int MostTriesWithoutHelp = 20;

    private const int Doublings = 9;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    /// <summary>Makes the call that is due longest.</summary>
    /// <returns>False when none is due.</returns>
    public async Task<bool> DeliverNextAsync(CancellationToken cancellationToken)
    {
        if (await ClaimAsync(cancellationToken) is not { } claimed)
        {
            return false;
        }

        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(claimed.Call.ApplicationId);
        var (service, chat, call) = claimed;
        var request = ServiceCall.FromJson(call.Request);
        CallResult result;
        if (claimed.WasInterrupted && !request.IsRepeatable && !service.RepeatsInDoubt)
        {
            result = new CallResult.Unknown("The server stopped while it was told.");
        }
        else
        {
            var addressed = await AddressAsync(scope.ServiceProvider.GetRequiredService<ChatDbContext>(), call, request, cancellationToken);
            result = addressed is null
                ? new CallResult.Refused("The message that this is about never got there.")
                : await CallAsync(service, call, chat, addressed, cancellationToken);
        }

        // Also while the server stops: what the service did must not be forgotten.
        await RecordAsync(scope, claimed, request, result);
        metrics.Count(service.Name, result);
        log.LogInformation(
            "Call {Call} of chat {Chat}: {Request} ended as {Result}", call.Id, chat.Id, request.GetType().Name, result.GetType().Name);
        return true;
    }

    private async Task<CallResult> CallAsync(
        IOutsideChatService service, ChatCall call, Chat chat, ServiceCall request, CancellationToken cancellationToken)
    {
        try
        {
            return await service.CallAsync(call.ApplicationId, chat.ExternalId!, request, cancellationToken);
        }
        catch (Exception bug)
        {
            log.LogError(bug, "Call {Call} of chat {Chat} broke", call.Id, chat.Id);
            return new CallResult.Unknown("Something went wrong on the server; its log says what.");
        }
    }

    private async Task<Claimed?> ClaimAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.UtcNow();
        var found = await db.ChatCalls.FromSql(
            $"""
            select c.* from chat_calls c
            where (c.state = 0 and c.not_before <= {now} or c.state = 1 and c.lease_until < {now})
              and not exists (
                select from chat_calls o
                where o.application_id = c.application_id and o.chat_id = c.chat_id and o.state in (0, 1) and o.id < c.id)
            order by c.not_before, c.id
            limit 1
            for update skip locked
            """).IgnoreQueryFilters().ToListAsync(cancellationToken);
        if (found.Count == 0)
        {
            return null;
        }

        var call = found[0];
        var chat = await db.Chats.IgnoreQueryFilters().AsNoTracking()
            .FirstAsync(c => c.ApplicationId == call.ApplicationId && c.Id == call.ChatId, cancellationToken);
        var wasInterrupted = call.WasInterrupted;
        if (services.Named(chat.Service) is not IOutsideChatService service)
        {
            call.Refuse($"The service '{chat.Service}' is not configured any more.", now);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return null;
        }

        call.Claim(now, Lease);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Claimed(service, chat, call) { WasInterrupted = wasInterrupted };
    }

    /// <summary>Fills in what the service calls the messages concerned; null when it never got them.</summary>
    private static async Task<ServiceCall?> AddressAsync(
        ChatDbContext db, ChatCall call, ServiceCall request, CancellationToken cancellationToken)
    {
        switch (request)
        {
            case ServiceCall.Say say:
                var answered = await db.Messages.Where(m => m.Id == call.MessageId).Select(m => m.ParentId)
                    .FirstOrDefaultAsync(cancellationToken);
                return answered is null ? say : say with { ReplyTo = await ExternalIdAsync(answered) };
            case ServiceCall.Change change:
                return await ExternalIdAsync(call.MessageId) is { } changed ? change with { MessageId = changed } : null;
            case ServiceCall.Pin pin:
                return await ExternalIdAsync(call.MessageId) is { } pinned ? pin with { MessageId = pinned } : null;
            default:
                return request;
        }

        // Of a message that is several there the first.
        Task<string?> ExternalIdAsync(long? messageId) => db.ChatMessageLinks
            .Where(link => link.ChatId == call.ChatId && link.MessageId == messageId)
            .OrderBy(link => link.ExternalId.Length).ThenBy(link => link.ExternalId)
            .Select(link => link.ExternalId)
            .FirstOrDefaultAsync(cancellationToken);
    }

    private async Task RecordAsync(AsyncServiceScope scope, Claimed claimed, ServiceCall request, CallResult result)
    {
        var db = scope.ServiceProvider.GetRequiredService<ChatDbContext>();
        var recorded = await scope.ServiceProvider.GetRequiredService<IChatLock>().HoldAsync(
            claimed.Chat.Id,
            async chat =>
            {
                // Somebody took over a call that took longer than its lease: the end that they find counts. With its message the call is
                // gone too, and what arrived meanwhile is taken back.
                var call = await db.ChatCalls.FirstOrDefaultAsync(c => c.Id == claimed.Call.Id);
                if (call?.State is ChatCallState.Calling && call.Attempts == claimed.Call.Attempts)
                {
                    Record(db, claimed.Service, chat, call, request, result);
                }
                else if (call is null && result is CallResult.Done { MessageId: { } said })
                {
                    Queue(db, chat, new ServiceCall.Delete([said]), clock.UtcNow());
                }

                return Done.Success;
            },
            CancellationToken.None);
        if (!recorded.IsSuccess)
        {
            log.LogError("The end of call {Call} could not be stored: {Error}", claimed.Call.Id, recorded.Error.Code);
        }
    }

    private void Record(
        ChatDbContext db, IOutsideChatService service, Chat chat, ChatCall call, ServiceCall request, CallResult result)
    {
        var now = clock.UtcNow();
        switch (result)
        {
            case CallResult.Done done:
                call.Finish(now);
                chat.NoteSuccess();
                Keep(db, chat, call, request, done, now);
                break;
            case CallResult.Later later:
                call.Wait(later.Reason, now + (later.Wait ?? BackOff(call)));
                chat.NoteFailure(later.Reason);
                break;
            case CallResult.NeedsHelp help when call.Attempts < MostTriesWithoutHelp:
                call.Wait(help.Reason, now + BackOff(call));
                chat.NoteFailure(help.Reason);
                break;
            case CallResult.NeedsHelp help:
                call.Refuse(help.Reason, now);
                chat.NoteFailure(help.Reason);
                break;
            case CallResult.Refused refused:
                call.Refuse(refused.Reason, now);
                chat.NoteFailure(refused.Reason);
                break;
            case CallResult.Moved moved:
                chat.MoveTo(moved.ChatExternalId);
                call.Wait("The chat has moved.", now);
                break;
            case CallResult.Unknown unknown when request.IsRepeatable || service.RepeatsInDoubt:
                call.Wait(unknown.Reason, now + BackOff(call));
                chat.NoteFailure(unknown.Reason);
                break;
            case CallResult.Unknown unknown:
                call.Doubt(unknown.Reason, now);
                chat.NoteFailure($"Message {call.MessageId} may or may not have arrived and was not sent again: {unknown.Reason}");
                break;
            default:
                throw new InvalidOperationException($"Nobody records {result.GetType().Name}.");
        }
    }

    private static void Keep(ChatDbContext db, Chat chat, ChatCall call, ServiceCall request, CallResult.Done done, DateTime now)
    {
        if (request is ServiceCall.Say && done.MessageId is { } externalId && call.MessageId is { } messageId)
        {
            db.ChatMessageLinks.Add(ChatMessageLink.Create(chat.ApplicationId, chat.Id, externalId, messageId));
        }

        if (done.Link is { } link && request is ServiceCall.Invite invite)
        {
            var invited = chat.Invite(link, invite.ExpiresAt, invite.MaxUses, now);
            if (!invited.IsSuccess)
            {
                // The chat was closed meanwhile: nobody may come in by a link that it never had.
                Queue(db, chat, new ServiceCall.Revoke(link), now);
            }
        }
    }

    private static void Queue(ChatDbContext db, Chat chat, ServiceCall call, DateTime now) =>
        db.ChatCalls.Add(ChatCall.Create(chat.ApplicationId, chat.Id, call.ToJson(), null, now));

    private static TimeSpan BackOff(ChatCall call) => FirstWait * Math.Pow(2, Math.Min(call.Attempts - 1, Doublings));

    private sealed record Claimed(IOutsideChatService Service, Chat Chat, ChatCall Call)
    {
        public bool WasInterrupted { get; init; }
    }
}
