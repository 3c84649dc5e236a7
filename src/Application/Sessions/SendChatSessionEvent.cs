using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Sessions;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Sessions;

/// <summary>Like <see cref="SendChannelEvent"/>, but sent by a user (docs/contracts/platform.md#channel-events-and-keystrokes).</summary>
/// <param name="Id">Of the chat session.</param>
/// <param name="Type">The application's name for the event.</param>
/// <param name="Properties">A JSON object, as text; null for an empty one.</param>
public sealed record SendChatSessionEvent(long Id, string? Type, string? Properties = null) : IRequest<Result<ChannelEventView>>;

internal sealed class SendChatSessionEventValidator : AbstractValidator<SendChatSessionEvent>
{
    public SendChatSessionEventValidator()
    {
        RuleFor(r => r.Type).RequiredText(TextLimits.Name);
        RuleFor(r => r.Properties).PropertiesObject();
    }
}

internal sealed class SendChatSessionEventHandler(IChatDbContext db, TimeProvider clock)
    : IRequestHandler<SendChatSessionEvent, Result<ChannelEventView>>
{
    public async Task<Result<ChannelEventView>> Handle(SendChatSessionEvent request, CancellationToken cancellationToken)
    {
        var found = await (
            from chat in db.ChatSessions.Where(chat => chat.Id == request.Id)
            from channel in db.Channels.Where(channel => channel.Id == chat.ChannelId)
            from user in db.Users.Where(user => user.Id == chat.UserId)
            select new
            {
                Channel = channel,
                User = user,
                IsActive = chat.EndTime == null
                    && db.ChannelMembers.Any(member => member.ChannelId == channel.Id && member.UserId == user.Id),
                IsBlacklisted = db.Blacklist.Any(entry => entry.ChannelId == channel.Id && entry.UserId == user.Id),
            }).FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return SessionErrors.ChatSessionNotFound;
        }

        if (!found.IsActive)
        {
            return SessionErrors.ChatEnded;
        }

        var sent = new ChannelEventView(request.Type!, request.Properties ?? "{}");
        found.Channel.SendEvent(found.User, sent.Type, sent.Properties, found.IsBlacklisted, clock.UtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return sent;
    }
}
