using System.Globalization;
using System.Text.Json.Serialization;
using ChatPlatform.Application.Notifications;
using ChatPlatform.Domain.Notifications;
using ChatPlatform.WebApi.Dialects.Platform.Channels;
using ChatPlatform.WebApi.Dialects.Platform.Messages;
using ChatPlatform.WebApi.Dialects.Platform.Users;

namespace ChatPlatform.WebApi.Dialects.Platform.Notifications;

/// <summary>A message in a channel where the user had no open chat session.</summary>
/// <param name="Body">The text of the message.</param>
public sealed record NotificationResource(
    long Id,
    string Title,
    string Body,
    ChannelResource? Channel,
    NotificationDataResource Data,
    bool Muted,
    DateTime CreatedTime,
    DateTime? ReadTime,
    [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links)
{
    public static NotificationResource From(NotificationView notification, Links links) => new(
        notification.Id,
        notification.Title,
        notification.Body,
        notification.Channel is null ? null : ChannelResource.From(notification.Channel, links),
        NotificationDataResource.From(notification, links),
        notification.Muted,
        notification.CreatedTime,
        notification.ReadTime,
        new Dictionary<string, Link> { ["recipient"] = links.User(notification.UserId), ["application"] = links.Application });
}

/// <param name="Type">Such as <c>USER:SENT:MESSAGE</c>.</param>
/// <param name="ChannelId">Deprecated; use the channel of the message.</param>
/// <param name="Parent">The recipient's message that was replied to.</param>
public sealed record NotificationDataResource(
    string Type,
    long ChannelId,
    MessageResource Message,
    MessageResource? Parent,
    UserResource? MentionedUser,
    ChannelResource? MentionedChannel,
    [property: JsonPropertyName("_relays")] RelaysResource Relays)
{
    public static NotificationDataResource From(NotificationView notification, Links links) => new(
        NameOf(notification.Type),
        notification.Message.ChannelId,
        MessageResource.From(notification.Message, links),
        notification.Parent is null ? null : MessageResource.From(notification.Parent, links),
        notification.Mentioned is null ? null : UserResource.From(notification.Mentioned, links),
        notification.MentionedChannel is null ? null : ChannelResource.From(notification.MentionedChannel, links),
        new RelaysResource(string.Create(CultureInfo.InvariantCulture, $"/application/v1/messages/{notification.Message.Id}.relay")));

    private static string NameOf(NotificationType type) => type switch
    {
        NotificationType.SystemSentMessage => "SYSTEM:SENT:MESSAGE",
        NotificationType.UserMentionedUser => "USER:MENTIONED:USER",
        NotificationType.UserMentionedChannel => "USER:MENTIONED:CHANNEL",
        NotificationType.UserRepliedToMessage => "USER:REPLIED_TO:MESSAGE",
        _ => "USER:SENT:MESSAGE",
    };
}

/// <summary>The address where the published clients fetch the message.</summary>
public sealed record RelaysResource(string Message);
