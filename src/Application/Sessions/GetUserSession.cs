using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Sessions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Sessions;

public sealed record GetUserSession(long Id) : IRequest<Result<UserSessionView>>;

internal sealed class GetUserSessionHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<GetUserSession, Result<UserSessionView>>
{
    public async Task<Result<UserSessionView>> Handle(GetUserSession request, CancellationToken cancellationToken) =>
        await db.UserSessions.Where(session => session.Id == request.Id).ProjectTo<UserSessionView>(mapping)
            .FirstOrDefaultAsync(cancellationToken) is { } session
            ? session
            : SessionErrors.UserSessionNotFound;
}
