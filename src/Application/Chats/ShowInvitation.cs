using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>
/// What a link of this server invites to, for anybody who holds it. One that is used up, expired or revoked: a conflict that says so.
/// </summary>
public sealed record ShowInvitation(string Code) : IRequest<Result<InvitationToView>>;

/// <param name="ExpiresAt">UTC; null never.</param>
public sealed record InvitationToView(string Title, string? Description, DateTime? ExpiresAt);

internal sealed class ShowInvitationHandler(IChatDbContext db, CurrentApplication current, TimeProvider clock)
    : IRequestHandler<ShowInvitation, Result<InvitationToView>>
{
    public async Task<Result<InvitationToView>> Handle(ShowInvitation request, CancellationToken cancellationToken)
    {
        if (!LinkCode.TryGetApplication(request.Code, out var applicationId)
            || (current.IsKnown && current.Id != applicationId)
            || !StorableText.IsStorable(request.Code))
        {
            return ChatErrors.InvitationNotFound;
        }

        current.Use(applicationId);
        var invitation = await db.Chats.OfCode(request.Code).AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        if (invitation is null)
        {
            return ChatErrors.InvitationNotFound;
        }

        var usable = invitation.Check(clock.UtcNow());
        return usable.IsSuccess
            ? await db.Chats.Where(chat => chat.Id == invitation.ChatId)
                .Select(chat => new InvitationToView(chat.Title, chat.Description, invitation.ExpiresAt))
                .FirstAsync(cancellationToken)
            : usable.Error;
    }
}
