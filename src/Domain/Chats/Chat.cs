using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Chats;

public enum ChatState
{
    /// <summary>Asked for; its service has not made it yet.</summary>
    Registered = 0,
    Active = 1,

    /// <summary>Over for good; what it was stays readable.</summary>
    Closed = 2,
}

/// <summary>
/// A conversation kept on some service: who takes part and took part, under which titles, and how one is invited. Its messages and
/// members are those of a PRIVATE channel. A chat may have many participants: a change loads only those that it concerns.
/// </summary>
public sealed class Chat : Aggregate
{
    public const int MaxTitle = 255;
    public const int MaxCreatedBy = 50;
    public const int MaxDescription = 255;
    public const int MaxService = 255;
    public const int MaxExternalId = 255;
    public const int MaxLastError = 500;

    private readonly List<ChatTitle> _titles = [];
    private readonly List<Participant> _participants = [];
    private readonly List<ChatInvitation> _invitations = [];

    private Chat() { }

    public Guid Id { get; private set; }

    public ChatState State { get; private set; }

    /// <summary>Whether <see cref="State"/> is <see cref="ChatState.Active"/>; kept, so that lists can sort by it.</summary>
    public bool IsActive { get; private set; }

    public string Service { get; private set; } = null!;

    /// <summary>What the service calls the chat, where it has a name of its own for it.</summary>
    public string? ExternalId { get; private set; }

    /// <summary>UTC, cut to the millisecond, which is what clients see and filter by.</summary>
    public DateTime RegisteredAt { get; private set; }

    public string? CreatedBy { get; private set; }

    public string? Description { get; private set; }

    /// <summary>The newest of <see cref="Titles"/>, to sort by.</summary>
    public string Title { get; private set; } = null!;

    /// <summary>The channel that carries its messages; null until the chat was made.</summary>
    public long? ChannelId { get; private set; }

    /// <summary>What its service said last when it refused; null when all went well since.</summary>
    public string? LastError { get; private set; }

    /// <summary>Every title that it has had, oldest first.</summary>
    public IReadOnlyList<ChatTitle> Titles => _titles;

    public IReadOnlyList<Participant> Participants => _participants;

    /// <summary>Every link that it has had; at most one is not revoked.</summary>
    public IReadOnlyList<ChatInvitation> Invitations => _invitations;

    public static Chat Register(
        long applicationId, string service, string? externalId, string title, string? createdBy, string? description, DateTime now)
    {
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        var chat = new Chat
        {
            ApplicationId = applicationId,
            Id = Guid.NewGuid(),
            Service = service,
            ExternalId = externalId,
            RegisteredAt = now,
            CreatedBy = createdBy,
            Description = description,
            Title = title,
        };
        chat._titles.Add(ChatTitle.Capture(chat, title, now));
        chat.Raise(new ChatRegistered(chat));
        return chat;
    }

    /// <summary>The service has made the chat; from now on it lives in <paramref name="channel"/>.</summary>
    /// <param name="link">The first invitation; null when the service gave none.</param>
    public Result<Done> Activate(Channel channel, string? link, DateTime now)
    {
        if (State is not ChatState.Registered)
        {
            return ChatErrors.NotRegistered;
        }

        Become(ChatState.Active);
        ChannelId = channel.Id;
        LastError = null;
        if (link is not null)
        {
            _invitations.Add(ChatInvitation.Create(this, link, null, null, now));
        }

        Raise(new ChatActivated(this));
        return Done.Success;
    }

    /// <summary>Ends the chat; ending it twice changes nothing.</summary>
    public void Close(DateTime now)
    {
        if (State is not ChatState.Closed)
        {
            RevokeInvitation(now);
            Become(ChatState.Closed);
            Raise(new ChatClosed(this));
        }
    }

    /// <summary>Puts a title on top of the history; the one that it has already changes nothing.</summary>
    public Result<Done> Retitle(string title, DateTime now)
    {
        if (State is ChatState.Closed)
        {
            return ChatErrors.Closed;
        }

        NoteTitle(title, now);
        return Done.Success;
    }

    public Result<Done> Describe(string? description)
    {
        if (State is ChatState.Closed)
        {
            return ChatErrors.Closed;
        }

        if (Description != description)
        {
            Description = description;
            Raise(new ChatDescribed(this));
        }

        return Done.Success;
    }

    public void NoteFailure(string error) => LastError = error.Length > MaxLastError ? error[..MaxLastError] : error;

    public void NoteSuccess() => LastError = null;

    /// <summary>The link by which one joins now; without one that still works: a conflict that says why.</summary>
    public Result<ChatInvitation> GetInvitation(DateTime now)
    {
        if (State is ChatState.Closed)
        {
            return ChatErrors.Closed;
        }

        if (State is ChatState.Registered || _invitations.Find(i => i.RevokedAt is null) is not { } invitation)
        {
            return ChatErrors.NoInvitation;
        }

        var usable = invitation.Check(now);
        return usable.IsSuccess ? invitation : usable.Error;
    }

    /// <summary>Replaces the link by another; who holds the old one can no longer join by it.</summary>
    /// <param name="expiresAt">UTC, exclusive; null never.</param>
    /// <param name="maxUses">How many may join by it; null for any number.</param>
    public Result<Done> Invite(string link, DateTime? expiresAt, int? maxUses, DateTime now)
    {
        if (DemandActive() is { } error)
        {
            return error;
        }

        RevokeInvitation(now);
        _invitations.Add(ChatInvitation.Create(this, link, expiresAt, maxUses, now));
        return Done.Success;
    }

    /// <summary>Takes the link back and has the service make another, which it does in the background.</summary>
    /// <inheritdoc cref="Invite"/>
    public Result<Done> AskForInvitation(DateTime? expiresAt, int? maxUses, DateTime now)
    {
        if (DemandActive() is { } error)
        {
            return error;
        }

        RevokeInvitation(now);
        Raise(new InvitationWanted(this, expiresAt, maxUses));
        return Done.Success;
    }

    /// <summary>Takes the link back, if there is one.</summary>
    public void RevokeInvitation(DateTime now)
    {
        if (_invitations.Find(i => i.RevokedAt is null) is { } current)
        {
            current.Revoke(now);
            Raise(new InvitationRevoked(this, current.Link));
        }
    }

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
        var joined = participant.Join(user, invitedBy, now);
        if (!joined.IsSuccess)
        {
            return joined.Error;
        }

        if (known is null)
        {
            _participants.Add(participant);
        }

        Raise(new ParticipantJoined(this, participant));
        return participant;
    }

    /// <summary>Somebody's membership of the channel ended, whatever the chat's state.</summary>
    public Result<Done> NoteLeft(Participant participant, DateTime now)
    {
        var left = participant.Leave(now);
        if (left.IsSuccess)
        {
            Raise(new ParticipantLeft(this, participant));
        }

        return left;
    }

    /// <summary>The channel, or the service, shows another title now, whatever the chat's state.</summary>
    public void NoteTitle(string title, DateTime now)
    {
        if (Title != title)
        {
            Title = title;
            _titles.Add(ChatTitle.Capture(this, title, now));
            Raise(new ChatRetitled(this));
        }
    }

    /// <summary>Why the chat is not active, or null when it is.</summary>
    public Error? DemandActive() => State switch
    {
        ChatState.Registered => ChatErrors.NotMadeYet,
        ChatState.Closed => ChatErrors.Closed,
        _ => null,
    };

    private void Become(ChatState state)
    {
        State = state;
        IsActive = state is ChatState.Active;
    }
}
