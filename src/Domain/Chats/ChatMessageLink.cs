using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Chats;

/// <summary>That a message on a service and one of the chat's channel are the same; a long one may be several there.</summary>
public sealed class ChatMessageLink : ITenantOwned
{
    private ChatMessageLink() { }

    public long ApplicationId { get; private set; }

    public Guid ChatId { get; private set; }

    /// <summary>What the service calls the message within the chat.</summary>
    public string ExternalId { get; private set; } = null!;

    public long MessageId { get; private set; }

    public static ChatMessageLink Create(long applicationId, Guid chatId, string externalId, long messageId) =>
        new() { ApplicationId = applicationId, ChatId = chatId, ExternalId = externalId, MessageId = messageId };
}
