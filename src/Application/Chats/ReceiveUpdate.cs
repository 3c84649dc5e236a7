using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>
/// Receives an update from a service's webhook. Idempotent: repeated updates and updates for unknown or closed chats change nothing.
/// Updates that arrive out of order give the same result as in order (docs/contracts/chats.md#webhooks).
/// </summary>
public sealed record ReceiveUpdate(string Service, WebhookRequest Webhook) : IRequest<Result<Done>>;

internal sealed class ReceiveUpdateHandler(
    IChatDbContext db,
    IChatLock chats,
    InboundUpdateHandler handler,
    CurrentApplication current,
    IEnumerable<IChatConnector> connectors,
    TimeProvider clock)
    : IRequestHandler<ReceiveUpdate, Result<Done>>
{
    private static readonly TimeSpan MaxOvertaking = TimeSpan.FromMinutes(1);

    public async Task<Result<Done>> Handle(ReceiveUpdate request, CancellationToken cancellationToken)
    {
        if (connectors.Named(request.Service) is not IExternalChatConnector connector)
        {
            return WebhookErrors.Unknown;
        }

        var read = await connector.ReadAsync(request.Webhook, cancellationToken);
        if (!read.IsSuccess)
        {
            return read.Error;
        }

        if (read.Value is not { } inbound)
        {
            return Done.Success;
        }

        current.Use(inbound.ApplicationId);
        var chat = await db.Chats.AsNoTracking().FirstOrDefaultAsync(
            c => c.Service == connector.Name && c.ExternalId == inbound.ChatExternalId && c.State != ChatState.Closed, cancellationToken);
        return chat?.State switch
        {
            null => await MayBeMovedAsync(connector, inbound, cancellationToken) ? WebhookErrors.UnknownYet : Done.Success,
            ChatState.Registered => WebhookErrors.TooEarly,
            _ => await chats.ChangeAsync(chat.Id, locked => ApplyAsync(locked, inbound, cancellationToken), cancellationToken),
        };
    }

    /// <summary>
    /// Whether the update of an unknown chat may have overtaken the one that says that an open chat has moved there. Only updates of
    /// the last minute: the service repeats the others for nothing.
    /// </summary>
    private async Task<bool> MayBeMovedAsync(IExternalChatConnector connector, InboundUpdate inbound, CancellationToken cancellationToken)
    {
        var overtakenSince = clock.UtcNow() - MaxOvertaking;
        if (connector.MayMove(inbound.ChatExternalId) || inbound.Updates.All(update => update.At < overtakenSince))
        {
            return false;
        }

        var open = await db.Chats.Where(chat => chat.Service == connector.Name && chat.State != ChatState.Closed)
            .Select(chat => chat.ExternalId).ToListAsync(cancellationToken);
        return open.OfType<string>().Any(connector.MayMove);
    }

    private async Task<Result<Done>> ApplyAsync(Chat chat, InboundUpdate inbound, CancellationToken cancellationToken)
    {
        var isProcessed = await db.ProcessedUpdates.AnyAsync(
            processed => processed.Service == chat.Service && processed.UpdateId == inbound.UpdateId, cancellationToken);
        if (isProcessed || !chat.IsActive)
        {
            return Done.Success;
        }

        db.ProcessedUpdates.Add(ProcessedUpdate.Create(chat.ApplicationId, chat.Service, inbound.UpdateId, clock.UtcNow()));
        foreach (var update in inbound.Updates)
        {
            await handler.HandleAsync(chat, inbound.ChatExternalId, update, cancellationToken);

            // The next update looks up users and messages in the database.
            await db.SaveChangesAsync(cancellationToken);
        }

        return Done.Success;
    }
}
