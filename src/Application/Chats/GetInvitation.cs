using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>Returns the link to a chat. Without a usable link: a conflict that says why.</summary>
public sealed record GetInvitation(Guid ChatId) : IRequest<Result<InvitationView>>;

/// <param name="Link">Relative to this server's public address when it begins with a slash.</param>
public sealed record InvitationView(string Service, string Link);

internal sealed class GetInvitationHandler(IChatDbContext db, TimeProvider clock) : IRequestHandler<GetInvitation, Result<InvitationView>>
{
    public async Task<Result<InvitationView>> Handle(GetInvitation request, CancellationToken cancellationToken)
    {
        var chat = await db.Chats.AsNoTracking().Include(c => c.Invitations.Where(i => i.RevokedAt == null))
            .FirstOrDefaultAsync(c => c.Id == request.ChatId, cancellationToken);
        if (chat is null)
        {
            return ChatErrors.NotFound;
        }

        var invitation = chat.GetInvitation(clock.UtcNow());
        return invitation.IsSuccess ? new InvitationView(chat.Service, invitation.Value.Link) : invitation.Error;
    }
}
