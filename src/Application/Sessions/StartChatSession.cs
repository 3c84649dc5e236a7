using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Sessions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Sessions;

/// <summary>A user may have several chat sessions in one channel.</summary>
public sealed record StartChatSession(long UserSessionId, long ChannelId) : IRequest<Result<ChatSessionView>>;

internal sealed class StartChatSessionHandler(IChatDbContext db, IConfigurationProvider mapping, TimeProvider clock)
    : IRequestHandler<StartChatSession, Result<ChatSessionView>>
{
    public Task<Result<ChatSessionView>> Handle(StartChatSession request, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => StartAsync(request, cancellationToken), cancellationToken);

    private async Task<Result<ChatSessionView>> StartAsync(StartChatSession request, CancellationToken cancellationToken)
    {
        // Waits for EndUserSession, which takes the same lock.
        await db.LockAsync<UserSession>([request.UserSessionId], cancellationToken);
        var session = await db.UserSessions.FirstOrDefaultAsync(session => session.Id == request.UserSessionId, cancellationToken);
        if (session is null)
        {
            return SessionErrors.UserSessionNotFound;
        }

        // Waits for the end of the membership, which ends the sessions that it finds.
        await db.LockAsync<ChannelMember>([request.ChannelId, session.UserId], cancellationToken);
        var found = await db.Channels.Where(channel => channel.Id == request.ChannelId)
            .Select(channel => new { Channel = channel, IsMember = channel.Members.Any(member => member.UserId == session.UserId) })
            .FirstOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return ChannelErrors.Unknown("channelId", request.ChannelId.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        var started = ChatSession.Start(session, found.Channel, found.IsMember, clock.UtcNow());
        if (!started.IsSuccess)
        {
            return started.Error;
        }

        await db.ChatSessions.AddAsync(started.Value, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return await db.ChatSessions.Where(chat => chat.Id == started.Value.Id).ProjectTo<ChatSessionView>(mapping)
            .FirstAsync(cancellationToken);
    }
}
