using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>
/// Adds a user to a chat and its channel by a link of this server. No effect, and no use counted, if the user already takes part.
/// Returns the chat's id. See docs/contracts/chats.md#invitation-links-of-this-server.
/// </summary>
public sealed record AcceptInvitation(string Code, long UserId) : IRequest<Result<Guid>>;

internal sealed class AcceptInvitationValidator : AbstractValidator<AcceptInvitation>
{
    public AcceptInvitationValidator() => RuleFor(r => r.Code).RequiredText(ChatInvitation.MaxLink);
}

internal sealed class AcceptInvitationHandler(IChatDbContext db, IChatLock chats, TimeProvider clock)
    : IRequestHandler<AcceptInvitation, Result<Guid>>
{
    public async Task<Result<Guid>> Handle(AcceptInvitation request, CancellationToken cancellationToken)
    {
        var chatId = await db.Chats.OfCode(request.Code).Select(invitation => (Guid?)invitation.ChatId)
            .FirstOrDefaultAsync(cancellationToken);
        return chatId is null
            ? ChatErrors.InvitationNotFound
            : await chats.ChangeAsync(chatId.Value, chat => JoinAsync(chat, request, cancellationToken), cancellationToken);
    }

    private async Task<Result<Guid>> JoinAsync(Chat chat, AcceptInvitation request, CancellationToken cancellationToken)
    {
        var user = await db.Users.NotDeleted().FirstOrDefaultAsync(u => u.Id == request.UserId, cancellationToken);
        if (user is null)
        {
            return UserErrors.NotFound;
        }

        var now = clock.UtcNow();
        var invitation = await db.Chats.OfCode(request.Code).FirstAsync(cancellationToken);
        var existing = await db.FindParticipantAsync(chat, user.Id, cancellationToken);
        var accepted = chat.Accept(invitation, existing, user, now);
        if (!accepted.IsSuccess)
        {
            return accepted.Error;
        }

        var joined = await db.JoinChannelAsync(chat, user, now, cancellationToken);
        return joined.IsSuccess ? chat.Id : joined.Error;
    }
}
