using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Sessions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Sessions;

/// <summary>A client's heartbeat: keeps its session from expiring. An ended session stays ended (conflict).</summary>
public sealed record TouchUserSession(long Id) : IRequest<Result<UserSessionView>>;

internal sealed class TouchUserSessionHandler(IChatDbContext db, IConfigurationProvider mapping, TimeProvider clock)
    : IRequestHandler<TouchUserSession, Result<UserSessionView>>
{
    public async Task<Result<UserSessionView>> Handle(TouchUserSession request, CancellationToken cancellationToken)
    {
        var session = await db.UserSessions.FirstOrDefaultAsync(session => session.Id == request.Id, cancellationToken);
        if (session is null)
        {
            return SessionErrors.UserSessionNotFound;
        }

        var touched = session.Touch(clock.UtcNow());
        if (!touched.IsSuccess)
        {
            return touched.Error;
        }

        await db.SaveChangesAsync(cancellationToken);
        return await db.UserSessions.Where(session => session.Id == request.Id).ProjectTo<UserSessionView>(mapping)
            .FirstAsync(cancellationToken);
    }
}
