using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Chats;

/// <summary>Links a message of the service to a message of the channel. A long message may be several on the service.</summary>
public sealed class ChatMessageLink : ITenantOwned
{
    private ChatMessageLink() { }

    public long ApplicationId { get; private set; }

    public Guid ChatId { get; private set; }

    /// <summary>The service's id of the message within the chat.</summary>
    public string ExternalId { get; private set; } = null!;

    public long MessageId { get; private set; }

    public static ChatMessageLink Create(long applicationId, Guid chatId, string externalId, long messageId) =>
        new() { ApplicationId = applicationId, ChatId = chatId, ExternalId = externalId, MessageId = messageId };
}
