using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>Adds a user to a chat, for the first time or again, and to its channel. Returns the participant's id.</summary>
/// <param name="InvitedBy">A participant of the same chat.</param>
public sealed record AddParticipant(Guid ChatId, UserReference User, Guid? InvitedBy = null) : IRequest<Result<Guid>>;

internal sealed class AddParticipantValidator : AbstractValidator<AddParticipant>
{
    public AddParticipantValidator() => RuleFor(r => r.User).Reference();
}

internal sealed class AddParticipantHandler(IChatDbContext db, IChatLock chats, IEnumerable<IChatConnector> connectors, TimeProvider clock)
    : IRequestHandler<AddParticipant, Result<Guid>>
{
    public Task<Result<Guid>> Handle(AddParticipant request, CancellationToken cancellationToken) =>
        chats.ChangeAsync(request.ChatId, chat => AddAsync(chat, request, cancellationToken), cancellationToken);

    private async Task<Result<Guid>> AddAsync(Chat chat, AddParticipant request, CancellationToken cancellationToken)
    {
        if (connectors.Named(chat.Service) is not { CanAddParticipants: true })
        {
            return ChatErrors.CannotAddParticipants;
        }

        var user = await db.Users.ByReference(request.User).FirstOrDefaultAsync(cancellationToken);
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
        var existing = await db.FindParticipantAsync(chat, user.Id, cancellationToken);
        var added = chat.AddParticipant(existing, user, request.InvitedBy, now);
        if (!added.IsSuccess)
        {
            return added.Error;
        }

        var joined = await db.JoinChannelAsync(chat, user, now, cancellationToken);
        return joined.IsSuccess ? added.Value.Id : joined.Error;
    }
}
