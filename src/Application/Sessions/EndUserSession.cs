using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Sessions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Sessions;

/// <summary>Ends a user session and all its chat sessions. No effect if already ended.</summary>
public sealed record EndUserSession(long Id) : IRequest<Result<UserSessionView>>;

internal sealed class EndUserSessionHandler(IChatDbContext db, IConfigurationProvider mapping, TimeProvider clock)
    : IRequestHandler<EndUserSession, Result<UserSessionView>>
{
    public Task<Result<UserSessionView>> Handle(EndUserSession request, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => EndAsync(request, cancellationToken), cancellationToken);

    private async Task<Result<UserSessionView>> EndAsync(EndUserSession request, CancellationToken cancellationToken)
    {
        // StartChatSession takes the same lock, so no chat session stays open.
        await db.LockAsync<UserSession>([request.Id], cancellationToken);
        var session = await db.UserSessions.FirstOrDefaultAsync(session => session.Id == request.Id, cancellationToken);
        if (session is null)
        {
            return SessionErrors.UserSessionNotFound;
        }

        var now = clock.UtcNow();
        session.End(now);
        var chatSessions = await db.ChatSessions.Where(chat => chat.UserSessionId == session.Id && chat.EndTime == null)
            .ToListAsync(cancellationToken);
        chatSessions.ForEach(chat => chat.End(now));
        await db.SaveChangesAsync(cancellationToken);
        return await db.UserSessions.Where(session => session.Id == request.Id).ProjectTo<UserSessionView>(mapping)
            .FirstAsync(cancellationToken);
    }
}
