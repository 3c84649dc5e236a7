using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Messages;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Notifications;

namespace ChatPlatform.Application.Notifications;

/// <summary>A notification with the current state of the message and its channel.</summary>
/// <param name="Channel">Null while the channel is being deleted.</param>
/// <param name="Parent">For replies: the recipient's message.</param>
/// <param name="Mentioned">For mentions of the recipient.</param>
/// <param name="MentionedChannel">For mentions of a channel of the recipient.</param>
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
    public string Title => Type switch
    {
        NotificationType.SystemSentMessage => "System message sent",
        NotificationType.UserMentionedUser => $"{Sender} mentioned you",
        NotificationType.UserMentionedChannel => $"{Sender} mentioned {MentionedChannel?.DisplayName ?? "a channel"}",
        NotificationType.UserRepliedToMessage => $"{Sender} replied to your message",
        _ => $"{Sender} sent a message",
    };

    public string Body => Message.Body ?? "File attachment";

    private string? Sender => Message.User?.DisplayName;
}

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
