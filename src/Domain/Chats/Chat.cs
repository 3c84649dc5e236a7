using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Chats;

public enum ChatState
{
    /// <summary>Asked for; its service has not made it yet.</summary>
    Registered = 0,
    Active = 1,
    Closed = 2,
}

/// <summary>A conversation kept on some service: who takes part and took part, under which titles, and how one is invited.</summary>
public sealed class Chat : Aggregate
{
    public const int MaxTitle = 255;
    public const int MaxCreatedBy = 50;
    public const int MaxDescription = 255;
    public const int MaxService = 255;

    private readonly List<ChatTitle> _titles = [];
    private readonly List<Participant> _participants = [];

    private Chat() { }

    public Guid Id { get; private set; }

    public ChatState State { get; private set; }

    public string Service { get; private set; } = null!;

    public DateTime RegisteredAt { get; private set; }

    public string? CreatedBy { get; private set; }

    public string? Description { get; private set; }

    /// <summary>The newest of <see cref="Titles"/>, to sort by.</summary>
    public string Title { get; private set; } = null!;

    /// <summary>The channel that carries its messages; null until the service has made the chat.</summary>
    public long? ChannelId { get; private set; }

    /// <summary>The link by which one joins; null until there is one.</summary>
    public string? Invitation { get; private set; }

    /// <summary>What its service said last when it refused.</summary>
    public string? LastError { get; private set; }

    /// <summary>Every title that it has had, oldest first.</summary>
    public IReadOnlyList<ChatTitle> Titles => _titles;

    public IReadOnlyList<Participant> Participants => _participants;

    public bool IsActive => State is ChatState.Active;

    public static Chat Register(long applicationId, string service, string title, string? createdBy, string? description, DateTime now)
    {
        var chat = new Chat
        {
            ApplicationId = applicationId,
            Id = Guid.NewGuid(),
            Service = service,
            RegisteredAt = now,
            CreatedBy = createdBy,
            Description = description,
            Title = title,
        };
        chat._titles.Add(ChatTitle.Capture(chat, title, now));
        return chat;
    }

    /// <summary>The service has made the chat.</summary>
    public Result<Done> Activate(long? channelId, string? invitation)
    {
        if (State is not ChatState.Registered)
        {
            return ChatErrors.NotRegistered;
        }

        State = ChatState.Active;
        ChannelId = channelId;
        Invitation = invitation;
        LastError = null;
        return Done.Success;
    }

    public void NoteFailure(string error) => LastError = error;

    /// <summary>The link of an active chat; a chat without one, or a closed one, has none to give.</summary>
    public Result<string> GetInvitation() =>
        State is ChatState.Active && Invitation is not null ? Invitation : ChatErrors.NoInvitation;

    /// <summary>Opens a participation, of a newcomer or of somebody who comes back.</summary>
    public Result<Participant> Admit(Participant? known, UserProperties user, long? userId, Guid? invitedBy, DateTime now)
    {
        if (State is ChatState.Closed)
        {
            return ChatErrors.Closed;
        }

        var participant = known ?? Participant.Create(this, user, userId);
        if (known is null)
        {
            _participants.Add(participant);
        }

        var joined = participant.Join(invitedBy, now);
        return joined.IsSuccess ? participant : joined.Error;
    }

    /// <summary>Ends the participant's open participation.</summary>
    public Result<Done> Remove(Participant participant, DateTime now) =>
        State is ChatState.Closed ? ChatErrors.Closed : participant.Leave(now);
}

/// <summary>A title that a chat had from <see cref="CapturedAt"/> until the next one.</summary>
public sealed class ChatTitle : ITenantOwned
{
    private ChatTitle() { }

    public long ApplicationId { get; private set; }

    public long Id { get; private set; }

    public Guid ChatId { get; private set; }

    public string Value { get; private set; } = null!;

    public DateTime CapturedAt { get; private set; }

    internal static ChatTitle Capture(Chat chat, string value, DateTime now) =>
        new() { ApplicationId = chat.ApplicationId, ChatId = chat.Id, Value = value, CapturedAt = now };
}
