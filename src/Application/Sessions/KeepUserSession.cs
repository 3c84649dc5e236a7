using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Sessions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Sessions;

/// <summary>A client's heartbeat: keeps its session from expiring. An ended session stays ended (conflict).</summary>
public sealed record KeepUserSession(long Id) : IRequest<Result<UserSessionView>>;

internal sealed class KeepUserSessionHandler(IChatDbContext db, IConfigurationProvider mapping, TimeProvider clock)
    : IRequestHandler<KeepUserSession, Result<UserSessionView>>
{
    public async Task<Result<UserSessionView>> Handle(KeepUserSession request, CancellationToken cancellationToken)
    {
        var session = await db.UserSessions.FirstOrDefaultAsync(session => session.Id == request.Id, cancellationToken);
        if (session is null)
        {
            return SessionErrors.UserSessionNotFound;
        }

        var heard = session.Hear(clock.UtcNow());
        if (!heard.IsSuccess)
        {
            return heard.Error;
        }

        await db.SaveChangesAsync(cancellationToken);
        return await db.UserSessions.Where(session => session.Id == request.Id).ProjectTo<UserSessionView>(mapping)
            .FirstAsync(cancellationToken);
    }
}
