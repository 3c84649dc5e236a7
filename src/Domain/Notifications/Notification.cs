using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Notifications;

public enum NotificationType
{
    UserSentMessage = 0,
    SystemSentMessage = 1,
    UserMentionedUser = 2,
    UserMentionedChannel = 3,
    UserRepliedToMessage = 4,
}

/// <summary>A message that arrived while the recipient had no chat session in its channel. Created in bulk by the database.</summary>
public sealed class Notification : AggregateRoot, IArriving
{
    private Notification() { }

    public long Id { get; private set; }

    public NotificationType Type { get; private set; }

    /// <summary>The recipient.</summary>
    public long UserId { get; private set; }

    public User User { get; private set; } = null!;

    public long MessageId { get; private set; }

    public Message Message { get; private set; } = null!;

    /// <summary>Only for <see cref="NotificationType.UserMentionedChannel"/>.</summary>
    public long? MentionedChannelId { get; private set; }

    public Channel? MentionedChannel { get; private set; }

    /// <summary>Whether the recipient had muted the message's channel.</summary>
    public bool Muted { get; private set; }

    public DateTime CreatedTime { get; private set; }

    public ulong Arrival { get; private set; }

    public DateTime? ReadTime { get; private set; }

    public void Read(DateTime now)
    {
        if (ReadTime is null)
        {
            ReadTime = now;
            Raise(new NotificationWasRead(this));
        }
    }
}

public sealed record NotificationWasRead(Notification Notification) : DomainEvent
{
    public override string Type => "notification.read";

    public override long? UserId => Notification.UserId;

    public override object Payload => new { NotificationId = Notification.Id };
}
