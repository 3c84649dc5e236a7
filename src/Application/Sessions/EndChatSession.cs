using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Sessions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Sessions;

/// <summary>The user session stays open. No effect if already ended.</summary>
public sealed record EndChatSession(long Id) : IRequest<Result<ChatSessionView>>;

internal sealed class EndChatSessionHandler(IChatDbContext db, IConfigurationProvider mapping, TimeProvider clock)
    : IRequestHandler<EndChatSession, Result<ChatSessionView>>
{
    public Task<Result<ChatSessionView>> Handle(EndChatSession request, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => EndAsync(request, cancellationToken), cancellationToken);

    private async Task<Result<ChatSessionView>> EndAsync(EndChatSession request, CancellationToken cancellationToken)
    {
        await db.LockAsync<ChatSession>([request.Id], cancellationToken);
        var session = await db.ChatSessions.FirstOrDefaultAsync(session => session.Id == request.Id, cancellationToken);
        if (session is null)
        {
            return SessionErrors.ChatSessionNotFound;
        }

        session.End(clock.UtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return await db.ChatSessions.Where(session => session.Id == request.Id).ProjectTo<ChatSessionView>(mapping)
            .FirstAsync(cancellationToken);
    }
}
