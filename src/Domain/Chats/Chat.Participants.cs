using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Chats;

/// <content>Who takes part.</content>
public sealed partial class Chat
{
    /// <summary>Opens a participation, of a newcomer or of somebody who comes back.</summary>
    /// <param name="known">The user's participant in this chat, if they were here before.</param>
    public Result<Participant> Admit(Participant? known, User user, Guid? invitedBy, DateTime now) =>
        DemandActive() is { } error ? error : NoteJoined(known, user, invitedBy, now);

    /// <summary>Lets somebody in who followed a link. Who takes part already does not use the link up.</summary>
    public Result<Participant> Accept(ChatInvitation invitation, Participant? known, User user, DateTime now)
    {
        if (DemandActive() is { } error)
        {
            return error;
        }

        if (known is { IsActive: true })
        {
            return known;
        }

        var used = invitation.Use(now);
        return used.IsSuccess ? NoteJoined(known, user, null, now) : used.Error;
    }

    /// <summary>Ends the participant's open participation.</summary>
    public Result<Done> Remove(Participant participant, DateTime now) => DemandActive() ?? NoteLeft(participant, now);

    /// <summary>Somebody became a member of the channel, whatever the chat's state: the two sets stay the same.</summary>
    public Result<Participant> NoteJoined(Participant? known, User user, Guid? invitedBy, DateTime now)
    {
        var participant = known ?? Participant.Create(this, user);
        var joined = participant.Join(UserProperties.Of(user), invitedBy, now);
        if (!joined.IsSuccess)
        {
            return joined.Error;
        }

        Keep(participant);
        Raise(new ParticipantJoined(this, participant));
        return participant;
    }

    /// <summary>Somebody's membership of the channel ended, whatever the chat's state.</summary>
    public Result<Done> NoteLeft(Participant participant, DateTime now)
    {
        var left = participant.Leave(now);
        if (left.IsSuccess)
        {
            Raise(new ParticipantLeft(this, participant, UntoldIfClosed));
        }

        return left;
    }

    /// <summary>
    /// The service tells that somebody came, or that they are there since they act. What it tells late, of somebody who has left
    /// since, becomes a stay of the past.
    /// </summary>
    /// <param name="known">The user's participant in this chat with all their stays, if they were here before.</param>
    public Participant ObserveJoined(Participant? known, User user, UserProperties properties, Guid? invitedBy, DateTime at)
    {
        var participant = known ?? Participant.Create(this, user);
        if (participant.ObserveJoined(properties, invitedBy, at))
        {
            Raise(new ParticipantJoined(this, participant));
        }

        Keep(participant);
        return participant;
    }

    /// <summary>The service tells that somebody left; perhaps before it tells that they came.</summary>
    /// <inheritdoc cref="ObserveJoined"/>
    public Participant ObserveLeft(Participant? known, User user, UserProperties properties, DateTime at)
    {
        var participant = known ?? Participant.Create(this, user);
        if (participant.ObserveLeft(properties, at))
        {
            Raise(new ParticipantLeft(this, participant, Service));
        }

        Keep(participant);
        return participant;
    }

    private void Keep(Participant participant)
    {
        if (!_participants.Contains(participant))
        {
            _participants.Add(participant);
        }
    }
}
