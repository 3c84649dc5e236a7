using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Domain.Chats;

public enum ChatState
{
    /// <summary>The service has not created it yet.</summary>
    Registered = 0,
    Active = 1,

    /// <summary>Final; the chat stays readable.</summary>
    Closed = 2,
}

/// <summary>
/// A conversation on a service. Messages and members are in a PRIVATE channel. A change loads only affected participants.
/// </summary>
public sealed partial class Chat : AggregateRoot
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

    /// <summary>Stored so that lists can sort by it.</summary>
    public bool IsActive { get; private set; }

    public string Service { get; private set; } = null!;

    /// <summary>The service's id of the chat, if it has one.</summary>
    public string? ExternalId { get; private set; }

    /// <summary>UTC, truncated to the millisecond: clients see and filter by that.</summary>
    public DateTime RegisteredAt { get; private set; }

    public string? CreatedBy { get; private set; }

    public string? Description { get; private set; }

    /// <summary>The newest of <see cref="Titles"/>, stored for sorting.</summary>
    public string Title { get; private set; } = null!;

    public DateTime TitledAt { get; private set; }

    /// <summary>Orders titles of the same time.</summary>
    public long TitledSequence { get; private set; }

    /// <summary>Null until the service has created the chat.</summary>
    public long? ChannelId { get; private set; }

    public long? PinnedMessageId { get; private set; }

    /// <summary>
    /// The service's last error. After a success: that of the newest operation that was given up, or null. Kept once the chat is closed.
    /// </summary>
    public string? LastError { get; private set; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ChatTitle> Titles => _titles;

    public IReadOnlyList<Participant> Participants => _participants;

    /// <summary>At most one is not revoked.</summary>
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
            TitledAt = now,
        };
        chat._titles.Add(ChatTitle.Capture(chat, title, new(now)));
        chat.Raise(new ChatRegistered(chat));
        return chat;
    }

    /// <param name="link">The first invitation; null if the service gave none.</param>
    public Result<Done> Activate(Channel channel, string? link, DateTime now)
    {
        if (State is not ChatState.Registered)
        {
            return ChatErrors.NotRegistered;
        }

        SetState(ChatState.Active);
        ChannelId = channel.Id;
        LastError = null;
        if (link is not null)
        {
            _invitations.Add(ChatInvitation.Create(this, link, null, null, now));
        }

        Raise(new ChatActivated(this));
        return Done.Success;
    }

    public void Close(DateTime now)
    {
        if (State is not ChatState.Closed)
        {
            RevokeInvitation(now);
            SetState(ChatState.Closed);
            Raise(new ChatClosed(this));
        }
    }

    public Result<Done> Rename(string title, DateTime now)
    {
        if (State is ChatState.Closed)
        {
            return ChatErrors.Closed;
        }

        RecordTitle(title, new(now));
        return Done.Success;
    }

    /// <summary>The channel or the service changed the title, whatever the chat's state. A late report only joins the history.</summary>
    /// <param name="origin">The service that reported it (it is not notified back); null for changes made here.</param>
    /// <returns>Whether the current title changed.</returns>
    public bool RecordTitle(string title, ServiceTime at, string? origin = null)
    {
        // A change made here is current, even if a service's clock is ahead.
        var current = new ServiceTime(TitledAt, TitledSequence);
        var isLate = origin is not null && at < current;
        if (Title == title && !isLate)
        {
            return false;
        }

        at = isLate || at > current ? at : current;
        _titles.Add(ChatTitle.Capture(this, title, at));
        if (isLate)
        {
            return false;
        }

        Title = title;
        (TitledAt, TitledSequence) = (at.At, at.Sequence);
        Raise(new ChatRenamed(this, title, origin ?? OriginIfClosed));
        return true;
    }

    public Result<Done> SetDescription(string? description)
    {
        if (State is ChatState.Closed)
        {
            return ChatErrors.Closed;
        }

        if (Description != description)
        {
            Description = description;
            Raise(new ChatDescriptionChanged(this, description));
        }

        return Done.Success;
    }

    /// <summary>The chat has a new id on the service.</summary>
    public void MoveTo(string externalId) => ExternalId = externalId;

    public void RecordFailure(string error) => LastError = StorableText.Truncate(error, MaxLastError);

    /// <param name="givenUp">The error of the newest operation that was given up; null if there is none.</param>
    public void RecordSuccess(string? givenUp)
    {
        if (State is not ChatState.Closed)
        {
            LastError = givenUp;
        }
    }

    public Result<Done> Pin(Message message)
    {
        if (EnsureActive() is { } error)
        {
            return error;
        }

        PinnedMessageId = message.Id;
        Raise(new MessagePinned(this, message));
        return Done.Success;
    }

    /// <summary>Null if the chat is active.</summary>
    public Error? EnsureActive() => State switch
    {
        ChatState.Registered => ChatErrors.NotProvisioned,
        ChatState.Closed => ChatErrors.Closed,
        _ => null,
    };

    /// <summary>The service of a closed chat is not notified of changes to the channel.</summary>
    private string? OriginIfClosed => State is ChatState.Closed ? Service : null;

    private void SetState(ChatState state)
    {
        State = state;
        IsActive = state is ChatState.Active;
    }
}
