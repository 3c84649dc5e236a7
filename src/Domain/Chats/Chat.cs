using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;

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

    /// <summary>Since when it has <see cref="Title"/>.</summary>
    public DateTime TitledAt { get; private set; }

    /// <summary>The channel that carries its messages; null until the chat was made.</summary>
    public long? ChannelId { get; private set; }

    /// <summary>The message that is pinned; it may have been deleted since.</summary>
    public long? PinnedMessageId { get; private set; }

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
            TitledAt = now,
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

    /// <summary>Ends the chat; ending it twice changes nothing.</summary>
    public void Close(DateTime now)
    {
        if (State is not ChatState.Closed)
        {
            RevokeInvitation(now);
            SetState(ChatState.Closed);
            Raise(new ChatClosed(this));
        }
    }

    /// <summary>Puts a title on top of the history; the one that it has already changes nothing.</summary>
    public Result<Done> Rename(string title, DateTime now)
    {
        if (State is ChatState.Closed)
        {
            return ChatErrors.Closed;
        }

        RecordTitle(title, now);
        return Done.Success;
    }

    /// <summary>
    /// The channel, or the service, shows another title, whatever the chat's state. One that is told late only joins the history.
    /// </summary>
    /// <param name="origin">The service that told it, which need not be told; null when it was changed here.</param>
    /// <returns>Whether it is the title now and was not before.</returns>
    public bool RecordTitle(string title, DateTime at, string? origin = null)
    {
        // What is changed here is news, whatever the clock of a service says.
        var isLate = origin is not null && at < TitledAt;
        if (Title == title && !isLate)
        {
            return false;
        }

        at = isLate || at > TitledAt ? at : TitledAt;
        _titles.Add(ChatTitle.Capture(this, title, at));
        if (isLate)
        {
            return false;
        }

        Title = title;
        TitledAt = at;
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

    /// <summary>The service calls the chat by another id from now on.</summary>
    public void MoveTo(string externalId) => ExternalId = externalId;

    public void RecordFailure(string error) => LastError = error.Length > MaxLastError ? error[..MaxLastError] : error;

    public void RecordSuccess() => LastError = null;

    /// <summary>Pins one of its messages in the place of the one pinned before.</summary>
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

    /// <summary>Why the chat is not active, or null when it is.</summary>
    public Error? EnsureActive() => State switch
    {
        ChatState.Registered => ChatErrors.NotProvisioned,
        ChatState.Closed => ChatErrors.Closed,
        _ => null,
    };

    /// <summary>The origin of what happens to the channel of a closed chat: its service is told no more.</summary>
    private string? OriginIfClosed => State is ChatState.Closed ? Service : null;

    private void SetState(ChatState state)
    {
        State = state;
        IsActive = state is ChatState.Active;
    }
}
