using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Chats;

public sealed partial class Chat
{
    /// <param name="existing">The user's participant in this chat, if they took part before.</param>
    public Result<Participant> AddParticipant(Participant? existing, User user, Guid? invitedBy, DateTime now) =>
        EnsureActive() is { } error ? error : RecordJoined(existing, user, invitedBy, now);

    /// <summary>Joins by an invitation. An active participant does not use it up.</summary>
    public Result<Participant> Accept(ChatInvitation invitation, Participant? existing, User user, DateTime now)
    {
        if (EnsureActive() is { } error)
        {
            return error;
        }

        if (existing is { IsActive: true })
        {
            return existing;
        }

        var used = invitation.Use(now);
        return used.IsSuccess ? RecordJoined(existing, user, null, now) : used.Error;
    }

    public Result<Done> RemoveParticipant(Participant participant, DateTime now) => EnsureActive() ?? RecordLeft(participant, now);

    /// <summary>Follows the channel's membership, whatever the chat's state: both sets stay equal.</summary>
    public Result<Participant> RecordJoined(Participant? existing, User user, Guid? invitedBy, DateTime now)
    {
        var participant = existing ?? Participant.Create(this, user);
        var joined = participant.Join(UserProperties.Of(user), invitedBy, now);
        if (!joined.IsSuccess)
        {
            return joined.Error;
        }

        AddIfMissing(participant);
        Raise(new ParticipantJoined(this, participant));
        return participant;
    }

    public Result<Done> RecordLeft(Participant participant, DateTime now)
    {
        var left = participant.Leave(now);
        if (left.IsSuccess)
        {
            Raise(new ParticipantLeft(this, participant, OriginIfClosed));
        }

        return left;
    }

    /// <summary>The service reported a join or activity. A late report about a user who has left since adds a past participation.</summary>
    /// <param name="existing">The user's participant in this chat with all participations, if they took part before.</param>
    public Participant ObserveJoined(Participant? existing, User user, UserProperties properties, Guid? invitedBy, ServiceTime at)
    {
        var participant = existing ?? Participant.Create(this, user);
        if (participant.ObserveJoined(properties, invitedBy, at))
        {
            Raise(new ParticipantJoined(this, participant));
        }

        AddIfMissing(participant);
        return participant;
    }

    /// <summary>The service reported a leave, perhaps before the join.</summary>
    public Participant ObserveLeft(Participant? existing, User user, UserProperties properties, ServiceTime at)
    {
        var participant = existing ?? Participant.Create(this, user);
        if (participant.ObserveLeft(properties, at))
        {
            Raise(new ParticipantLeft(this, participant, Service));
        }

        AddIfMissing(participant);
        return participant;
    }

    private void AddIfMissing(Participant participant)
    {
        if (!_participants.Contains(participant))
        {
            _participants.Add(participant);
        }
    }
}
