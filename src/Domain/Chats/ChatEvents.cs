using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Domain.Chats;

/// <summary>Followers read the chat's id from the payload.</summary>
public abstract record ChatEvent(Chat Chat) : DomainEvent
{
    public override long? ChannelId => Chat.ChannelId;

    public override object? Payload => new { chatId = Chat.Id };
}

public sealed record ChatRegistered(Chat Chat) : ChatEvent(Chat)
{
    public override string Type => "chat.registered";
}

public sealed record ChatActivated(Chat Chat) : ChatEvent(Chat)
{
    public override string Type => "chat.activated";
}

public sealed record ChatClosed(Chat Chat) : ChatEvent(Chat)
{
    public override string Type => "chat.closed";
}

/// <param name="Origin">The service the change came from, which is not notified back; null for changes made here.</param>
public sealed record ChatRenamed(Chat Chat, string Title, string? Origin) : ChatEvent(Chat)
{
    public override string Type => "chat.renamed";

    public override object? Payload => new { chatId = Chat.Id, Title, Origin };
}

public sealed record ChatDescriptionChanged(Chat Chat, string? Description) : ChatEvent(Chat)
{
    public override string Type => "chat.description_changed";

    public override object? Payload => new { chatId = Chat.Id, Description };
}

public sealed record ParticipantJoined(Chat Chat, Participant Participant) : ChatEvent(Chat)
{
    public override string Type => "chat.participant_joined";

    public override long? UserId => Participant.UserId;

    public override object? Payload => new { chatId = Chat.Id, participantId = Participant.Id };
}

public sealed record ParticipantLeft(Chat Chat, Participant Participant, string? Origin) : ChatEvent(Chat)
{
    public override string Type => "chat.participant_left";

    public override long? UserId => Participant.UserId;

    public override object? Payload => new { chatId = Chat.Id, participantId = Participant.Id, Origin };
}

public sealed record InvitationRequested(Chat Chat, DateTime? ExpiresAt, int? MaxUses) : ChatEvent(Chat)
{
    public override string Type => "chat.invitation_requested";

    public override object? Payload => new { chatId = Chat.Id, ExpiresAt, MaxUses };
}

public sealed record InvitationRevoked(Chat Chat, string Link) : ChatEvent(Chat)
{
    public override string Type => "chat.invitation_revoked";

    public override object? Payload => new { chatId = Chat.Id, Link };
}

public sealed record MessagePinned(Chat Chat, Message Message) : ChatEvent(Chat)
{
    public override string Type => "chat.message_pinned";

    public override long? MessageId => Message.Id;
}
