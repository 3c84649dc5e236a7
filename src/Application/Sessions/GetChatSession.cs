using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Sessions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Sessions;

public sealed record GetChatSession(long Id) : IRequest<Result<ChatSessionView>>;

internal sealed class GetChatSessionHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<GetChatSession, Result<ChatSessionView>>
{
    public async Task<Result<ChatSessionView>> Handle(GetChatSession request, CancellationToken cancellationToken) =>
        await db.ChatSessions.Where(session => session.Id == request.Id).ProjectTo<ChatSessionView>(mapping)
            .FirstOrDefaultAsync(cancellationToken) is { } session
            ? session
            : SessionErrors.ChatSessionNotFound;
}
