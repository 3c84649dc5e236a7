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
/// Has a user take part in a chat, for the first time or again, and makes them a member of its channel. Answers with the
/// participant's id.
/// </summary>
/// <param name="InvitedBy">A participant of the same chat.</param>
public sealed record AddParticipant(Guid ChatId, UserReference User, Guid? InvitedBy = null) : IRequest<Result<Guid>>;

internal sealed class AddParticipantValidator : AbstractValidator<AddParticipant>
{
    public AddParticipantValidator() => RuleFor(r => r.User).Reference();
}

internal sealed class AddParticipantHandler(IChatDbContext db, IChatLock chats, IEnumerable<IChatService> services, TimeProvider clock)
    : IRequestHandler<AddParticipant, Result<Guid>>
{
    public Task<Result<Guid>> Handle(AddParticipant request, CancellationToken cancellationToken) =>
        chats.HoldAsync(request.ChatId, chat => AddAsync(chat, request, cancellationToken), cancellationToken);

    private async Task<Result<Guid>> AddAsync(Chat chat, AddParticipant request, CancellationToken cancellationToken)
    {
        if (services.Named(chat.Service) is not { AdmitsFromHere: true })
        {
            return ChatErrors.ServiceAdmitsNobody;
        }

        var user = await db.Users.Referred(request.User).FirstOrDefaultAsync(cancellationToken);
        if (user is null)
        {
            return UserErrors.Unknown("user", request.User.ToString());
        }

        if (request.InvitedBy is { } inviter
            && !await db.Participants.AnyAsync(p => p.Id == inviter && p.ChatId == chat.Id, cancellationToken))
        {
            return ChatErrors.UnknownInviter(inviter);
        }

        var now = clock.UtcNow();
        var known = await db.FindParticipantAsync(chat, user.Id, cancellationToken);
        var admitted = chat.Admit(known, user, request.InvitedBy, now);
        if (!admitted.IsSuccess)
        {
            return admitted.Error;
        }

        var entered = await db.EnterChannelAsync(chat, user, now, cancellationToken);
        return entered.IsSuccess ? admitted.Value.Id : entered.Error;
    }
}
