using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Messages;

/// <summary>One per message, emoji and user.</summary>
public sealed class MessageReaction : ITenantOwned
{
    public const int MaxAlias = 64;

    private MessageReaction() { }

    public long ApplicationId { get; private set; }

    public long MessageId { get; private set; }

    /// <summary>The emoji's first alias.</summary>
    public string Alias { get; private set; } = null!;

    public long UserId { get; private set; }

    public DateTime CreatedTime { get; private set; }

    internal static MessageReaction Create(Message message, string alias, User user, DateTime now) => new()
    {
        ApplicationId = message.ApplicationId,
        MessageId = message.Id,
        Alias = alias,
        UserId = user.Id,
        CreatedTime = now,
    };
}

/// <summary>A single message marked as read, unlike <see cref="Channels.ReadMark"/>.</summary>
public sealed class ReadReceipt : ITenantOwned
{
    private ReadReceipt() { }

    public long ApplicationId { get; private set; }

    public long MessageId { get; private set; }

    public long UserId { get; private set; }

    public DateTime CreatedTime { get; private set; }

    internal static ReadReceipt Create(Message message, User user, DateTime now) => new()
    {
        ApplicationId = message.ApplicationId,
        MessageId = message.Id,
        UserId = user.Id,
        CreatedTime = now,
    };
}

public sealed class MessageReport : ITenantOwned
{
    public const int MaxReason = 1_000;

    private MessageReport() { }

    public long ApplicationId { get; private set; }

    public long MessageId { get; private set; }

    public long UserId { get; private set; }

    public string? Reason { get; private set; }

    public DateTime CreatedTime { get; private set; }

    internal static MessageReport Create(Message message, User user, string? reason, DateTime now) => new()
    {
        ApplicationId = message.ApplicationId,
        MessageId = message.Id,
        UserId = user.Id,
        Reason = reason,
        CreatedTime = now,
    };
}
