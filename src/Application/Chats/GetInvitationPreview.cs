using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>
/// Returns the chat behind a link of this server, without authentication. A revoked, expired or used-up link: a conflict that says so.
/// </summary>
public sealed record GetInvitationPreview(string Code) : IRequest<Result<InvitationPreview>>;

/// <param name="ExpiresAt">UTC; null never.</param>
public sealed record InvitationPreview(string Title, string? Description, DateTime? ExpiresAt);

internal sealed class GetInvitationPreviewHandler(IChatDbContext db, CurrentApplication current, TimeProvider clock)
    : IRequestHandler<GetInvitationPreview, Result<InvitationPreview>>
{
    public async Task<Result<InvitationPreview>> Handle(GetInvitationPreview request, CancellationToken cancellationToken)
    {
        if (!CapabilityCode.TryGetApplication(request.Code, out var applicationId)
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
                .Select(chat => new InvitationPreview(chat.Title, chat.Description, invitation.ExpiresAt))
                .FirstAsync(cancellationToken)
            : usable.Error;
    }
}
