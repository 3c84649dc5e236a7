using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>
/// Creates a registered chat on its service and opens the PRIVATE channel for its messages. No effect on a chat that is active or
/// closed. Failures are recorded on the chat.
/// </summary>
public sealed record ProvisionChat(Guid ChatId) : IRequest<Result<Done>>;

internal sealed class ProvisionChatHandler(
    IChatDbContext db, IChatLock chats, ICurrentApplication application, IEnumerable<IChatConnector> connectors, TimeProvider clock)
    : IRequestHandler<ProvisionChat, Result<Done>>
{
    public async Task<Result<Done>> Handle(ProvisionChat request, CancellationToken cancellationToken)
    {
        var chat = await db.Chats.AsNoTracking().FirstOrDefaultAsync(c => c.Id == request.ChatId, cancellationToken);
        if (chat is not { State: ChatState.Registered })
        {
            return Done.Success;
        }

        var available = await connectors.AvailableForAsync(application.Id, cancellationToken);
        var provisioned = available.Named(chat.Service) is { } connector
            ? await connector.ProvisionAsync(chat, cancellationToken)
            : ChatErrors.UnknownService(chat.Service, available.Select(s => s.Name));
        if (!provisioned.IsSuccess)
        {
            await chats.ChangeAsync(request.ChatId, locked => RecordFailureAsync(locked, provisioned.Error.Message), cancellationToken);
            return provisioned.Error;
        }

        return await chats.ChangeAsync(request.ChatId, locked => OpenAsync(locked, provisioned.Value, cancellationToken), cancellationToken);
    }

    private static Task<Result<Done>> RecordFailureAsync(Chat chat, string error)
    {
        chat.RecordFailure(error);
        return Task.FromResult(Done.Success);
    }

    private async Task<Result<Done>> OpenAsync(Chat chat, ProvisionedChat provisioned, CancellationToken cancellationToken)
    {
        if (chat.State is not ChatState.Registered)
        {
            return Done.Success;
        }

        var now = clock.UtcNow();
        if (provisioned.ExternalId is { } externalId && externalId != chat.ExternalId)
        {
            await db.MoveAsync(chat, externalId, now, cancellationToken);
            if (chat.State is ChatState.Closed)
            {
                return Done.Success;
            }
        }

        var channel = Channel.CreateGroup(
            application.Id, ChannelType.Private, name: null, chat.Title, creator: null, properties: null, now);
        await db.Channels.AddAsync(channel, cancellationToken);
        return chat.Activate(channel, provisioned.Link, now);
    }
}
