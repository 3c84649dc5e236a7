using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Messages;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Notifications;

namespace ChatPlatform.Application.Notifications;

/// <summary>A notification, with the message and its channel as they are now.</summary>
/// <param name="Channel">Null while the channel is being removed.</param>
/// <param name="Parent">The recipient's message that was answered, for that type.</param>
/// <param name="Mentioned">The recipient, where the message names them.</param>
/// <param name="MentionedChannel">The recipient's channel that the message names, for that type.</param>
public sealed record NotificationView(
    long Id,
    NotificationType Type,
    long UserId,
    MessageView Message,
    ChannelView? Channel,
    MessageView? Parent,
    UserView? Mentioned,
    ChannelView? MentionedChannel,
    bool Muted,
    DateTime CreatedTime,
    DateTime? ReadTime)
{
    /// <summary>What happened, for a person.</summary>
    public string Title => Type switch
    {
        NotificationType.SystemSentMessage => "System message sent",
        NotificationType.UserMentionedUser => $"{Sender} mentioned you",
        NotificationType.UserMentionedChannel => $"{Sender} mentioned {MentionedChannel?.DisplayName ?? "a channel"}",
        NotificationType.UserRepliedToMessage => $"{Sender} replied to your message",
        _ => $"{Sender} sent a message",
    };

    /// <summary>The text of the message.</summary>
    public string Body => Message.Body ?? "File attachment";

    private string? Sender => Message.User?.DisplayName;
}

/// <summary>A row, before what it refers to is read.</summary>
internal sealed class NotificationRow : IChronological
{
    public long Id { get; init; }

    public NotificationType Type { get; init; }

    public long UserId { get; init; }

    public long MessageId { get; init; }

    public long? ParentId { get; init; }

    public long ChannelId { get; init; }

    public long? MentionedChannelId { get; init; }

    public bool Muted { get; init; }

    public DateTime CreatedTime { get; init; }

    public DateTime? ReadTime { get; init; }
}
