using ChatPlatform.Application.Common;
using ChatPlatform.Application.Messages;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>
/// Says something in a chat: a message of its channel (chats contract, "Requests"). Answers with the message's id.
/// </summary>
/// <param name="Pin">Whether to pin it in the place of the one pinned before.</param>
/// <param name="WrittenBy">A participant who takes part now; null for the application itself.</param>
public sealed record SendChatMessage(Guid ChatId, string? Text, bool Pin = false, Guid? WrittenBy = null) : IRequest<Result<long>>;

internal sealed class SendChatMessageValidator : AbstractValidator<SendChatMessage>
{
    public SendChatMessageValidator() => RuleFor(r => r.Text).RequiredText(TextLimits.Body);
}

internal sealed class SendChatMessageHandler(IChatDbContext db, IChatLock chats, TimeProvider clock)
    : IRequestHandler<SendChatMessage, Result<long>>
{
    public Task<Result<long>> Handle(SendChatMessage request, CancellationToken cancellationToken) =>
        chats.HoldAsync(request.ChatId, chat => SendAsync(chat, request, cancellationToken), cancellationToken);

    private async Task<Result<long>> SendAsync(Chat chat, SendChatMessage request, CancellationToken cancellationToken)
    {
        if (chat.DemandActive() is { } error)
        {
            return error;
        }

        var writer = request.WrittenBy is null
            ? null
            : await db.Participants
                .Where(p => p.Id == request.WrittenBy && p.ChatId == chat.Id && p.Participations.Any(s => s.LeftAt == null))
                .Select(p => new UserReference(p.UserId, null))
                .FirstOrDefaultAsync(cancellationToken);
        if (request.WrittenBy is { } unknown && writer is null)
        {
            return ChatErrors.UnknownWriter(unknown);
        }

        var place = await MessagePlaces.Read(db, MessageTarget.Channel(chat.ChannelId!.Value), writer).FirstAsync(cancellationToken);
        var message = Message.Send(
            place.Channel,
            place.User,
            new MessageContent(request.Text, null, null, null),
            new MessagePlace(place.ThreadId),
            place.Channel.Broadcasts(place.IsBlacklisted),
            clock.UtcNow());
        await db.Messages.AddAsync(message, cancellationToken);
        var pinned = request.Pin ? chat.Pin(message) : Done.Success;
        return pinned.IsSuccess ? message.Id : pinned.Error;
    }
}
