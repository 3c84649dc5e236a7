using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Chats;

/// <summary>
/// Links a message of the service to a message of the channel. A long message may be several on the service. The link outlives the
/// message: a repeated report about a deleted message does not store it again.
/// </summary>
public sealed class ChatMessageLink : ITenantOwned
{
    private ChatMessageLink() { }

    public long ApplicationId { get; private set; }

    public Guid ChatId { get; private set; }

    /// <summary>The service's id of the chat that gave the message its id. After a move another message may have the same id.</summary>
    public string ChatExternalId { get; private set; } = null!;

    /// <summary>The service's id of the message within the chat.</summary>
    public string ExternalId { get; private set; } = null!;

    public long MessageId { get; private set; }

    public static ChatMessageLink Create(Chat chat, string chatExternalId, string externalId, long messageId) => new()
    {
        ApplicationId = chat.ApplicationId,
        ChatId = chat.Id,
        ChatExternalId = chatExternalId,
        ExternalId = externalId,
        MessageId = messageId,
    };
}
