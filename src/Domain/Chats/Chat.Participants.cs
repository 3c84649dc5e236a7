using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Chats;

/// <content>Who takes part.</content>
public sealed partial class Chat
{
    /// <summary>Opens a participation, of a newcomer or of somebody who comes back.</summary>
    /// <param name="existing">The user's participant in this chat, if they were here before.</param>
    public Result<Participant> AddParticipant(Participant? existing, User user, Guid? invitedBy, DateTime now) =>
        EnsureActive() is { } error ? error : RecordJoined(existing, user, invitedBy, now);

    /// <summary>Lets somebody in who followed a link. Who takes part already does not use the link up.</summary>
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

    /// <summary>Ends the participant's open participation.</summary>
    public Result<Done> RemoveParticipant(Participant participant, DateTime now) => EnsureActive() ?? RecordLeft(participant, now);

    /// <summary>Somebody became a member of the channel, whatever the chat's state: the two sets stay the same.</summary>
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

    /// <summary>Somebody's membership of the channel ended, whatever the chat's state.</summary>
    public Result<Done> RecordLeft(Participant participant, DateTime now)
    {
        var left = participant.Leave(now);
        if (left.IsSuccess)
        {
            Raise(new ParticipantLeft(this, participant, OriginIfClosed));
        }

        return left;
    }

    /// <summary>
    /// The service tells that somebody came, or that they are there since they act. What it tells late, of somebody who has left
    /// since, becomes a stay of the past.
    /// </summary>
    /// <param name="existing">The user's participant in this chat with all their stays, if they were here before.</param>
    public Participant ObserveJoined(Participant? existing, User user, UserProperties properties, Guid? invitedBy, DateTime at)
    {
        var participant = existing ?? Participant.Create(this, user);
        if (participant.ObserveJoined(properties, invitedBy, at))
        {
            Raise(new ParticipantJoined(this, participant));
        }

        AddIfMissing(participant);
        return participant;
    }

    /// <summary>The service tells that somebody left; perhaps before it tells that they came.</summary>
    /// <inheritdoc cref="ObserveJoined"/>
    public Participant ObserveLeft(Participant? existing, User user, UserProperties properties, DateTime at)
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
