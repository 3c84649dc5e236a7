using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>Ends a participation and the membership of the channel. The user may join again. Returns the chat's id.</summary>
public sealed record RemoveParticipant(Guid ChatId, Guid ParticipantId) : IRequest<Result<Guid>>;

internal sealed class RemoveParticipantHandler(IChatDbContext db, IChatLock chats, TimeProvider clock)
    : IRequestHandler<RemoveParticipant, Result<Guid>>
{
    public Task<Result<Guid>> Handle(RemoveParticipant request, CancellationToken cancellationToken) =>
        chats.ChangeAsync(request.ChatId, chat => RemoveAsync(chat, request.ParticipantId, cancellationToken), cancellationToken);

    private async Task<Result<Guid>> RemoveAsync(Chat chat, Guid participantId, CancellationToken cancellationToken)
    {
        var participant = await db.Participants
            .Include(p => p.Participations.Where(participation => participation.LeftAt == null))
            .FirstOrDefaultAsync(p => p.Id == participantId && p.ChatId == chat.Id, cancellationToken);
        if (participant is null)
        {
            return ChatErrors.ParticipantNotFound;
        }

        var removed = chat.RemoveParticipant(participant, clock.UtcNow());
        if (!removed.IsSuccess)
        {
            return removed.Error;
        }

        var left = await db.LeaveChannelAsync(chat, participant.UserId, clock.UtcNow(), cancellationToken);
        return left.IsSuccess ? chat.Id : left.Error;
    }
}
