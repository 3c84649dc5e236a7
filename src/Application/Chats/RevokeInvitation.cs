using ChatPlatform.Domain.Common;
using MediatR;

namespace ChatPlatform.Application.Chats;

/// <summary>Revokes a chat's link. No effect if there is none. Returns the chat's id.</summary>
public sealed record RevokeInvitation(Guid ChatId) : IRequest<Result<Guid>>;

internal sealed class RevokeInvitationHandler(IChatLock chats, TimeProvider clock) : IRequestHandler<RevokeInvitation, Result<Guid>>
{
    public Task<Result<Guid>> Handle(RevokeInvitation request, CancellationToken cancellationToken) => chats.ChangeAsync(
        request.ChatId,
        chat =>
        {
            chat.RevokeInvitation(clock.UtcNow());
            return Task.FromResult<Result<Guid>>(chat.Id);
        },
        cancellationToken);
}
