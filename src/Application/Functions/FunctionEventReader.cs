using System.Text.Json;
using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Messages;
using ChatPlatform.Application.Notifications;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Functions;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Functions;

/// <summary>Content of an event; its type decides which members are set (docs/contracts/platform.md#function-events).</summary>
public sealed record FunctionEventView(string Type)
{
    public UserView? User { get; init; }

    public ChannelView? Channel { get; init; }

    public MessageView? Message { get; init; }

    public ReactionView? Reaction { get; init; }

    public ReadReceiptView? Receipt { get; init; }

    public NotificationView? Notification { get; init; }

    /// <summary>A custom event.</summary>
    public ChannelEventView? Event { get; init; }

    /// <summary>Whether the user has unread messages in the channel.</summary>
    public bool ChannelUnread { get; init; }

    public long ChannelMessagesCount { get; init; }
}

/// <summary>Reads the content of an event before its first delivery.</summary>
internal sealed class FunctionEventReader(
    IChatDbContext db, MessageQueries messages, ChannelQueries channels, NotificationQueries notifications, IConfigurationProvider mapping)
{
    /// <returns>Null when the user, channel or message no longer exists.</returns>
    public async Task<FunctionEventView?> ReadAsync(string type, FunctionDelivery delivery, CancellationToken cancellationToken)
    {
        var found = new FunctionEventView(type)
        {
            User = await UserAsync(delivery.UserId, cancellationToken),
            Channel = await ChannelAsync(delivery.ChannelId, cancellationToken),
            Message = delivery.MessageId is { } id && await messages.ListAsync([id], cancellationToken) is [var message] ? message : null,
        };
        if (found.Channel is null || (found.User is null && delivery.UserId is not null)
            || (found.Message is null && delivery.MessageId is not null))
        {
            return null;
        }

        return type switch
        {
            FunctionTypes.ReceivedNotification => await WithNotificationAsync(found, delivery, cancellationToken),
            FunctionTypes.StartedChatSession => await WithChatSessionAsync(found, cancellationToken),
            FunctionTypes.ReactedToMessage => WithReaction(found, Payload(delivery).GetProperty("alias").GetString()!),
            FunctionTypes.ReadMessage => await WithReceiptAsync(found, cancellationToken),
            FunctionTypes.UserTriggeredEvent or FunctionTypes.SystemTriggeredEvent =>
                found with { Event = ChannelEventOf(Payload(delivery)) },
            _ => found,
        };
    }

    public async Task<UserView?> UserAsync(long? id, CancellationToken cancellationToken) => id is null
        ? null
        : await db.Users.NotDeleted().Where(user => user.Id == id).ProjectTo<UserView>(mapping).FirstOrDefaultAsync(cancellationToken);

    public async Task<ChannelView?> ChannelAsync(long id, CancellationToken cancellationToken) =>
        await channels.ListAsync([id], cancellationToken) is [var channel] ? channel : null;

    private async Task<FunctionEventView?> WithNotificationAsync(
        FunctionEventView found, FunctionDelivery delivery, CancellationToken cancellationToken) =>
        await notifications.GetAsync(delivery.NotificationId!.Value, cancellationToken) is { } notification
            ? found with { Notification = notification }
            : null;

    private async Task<FunctionEventView> WithChatSessionAsync(FunctionEventView found, CancellationToken cancellationToken)
    {
        var (channelId, userId) = (found.Channel!.Id, found.User!.Id);
        var members = db.ChannelMembers.Where(member => member.ChannelId == channelId && member.UserId == userId);
        return found with
        {
            ChannelUnread = await db.Unread(members).AnyAsync(cancellationToken),
            ChannelMessagesCount = await db.Messages.LongCountAsync(message => message.ChannelId == channelId, cancellationToken),
        };
    }

    private static FunctionEventView? WithReaction(FunctionEventView found, string alias) =>
        found.Message!.Reactions.FirstOrDefault(reaction => reaction.Emoji.Aliases[0] == alias) is { } reaction
            ? found with { Reaction = reaction }
            : null;

    private async Task<FunctionEventView?> WithReceiptAsync(FunctionEventView found, CancellationToken cancellationToken)
    {
        var (messageId, userId) = (found.Message!.Id, found.User!.Id);
        var time = await db.ReadReceipts.Where(receipt => receipt.MessageId == messageId && receipt.UserId == userId)
            .Select(receipt => (DateTime?)receipt.CreatedTime).FirstOrDefaultAsync(cancellationToken);
        return time is { } read ? found with { Receipt = new ReadReceiptView(messageId, found.User, read) } : null;
    }

    private static ChannelEventView ChannelEventOf(JsonElement payload) =>
        new(payload.GetProperty("name").GetString()!, payload.GetProperty("properties").GetRawText());

    private static JsonElement Payload(FunctionDelivery delivery) => JsonSerializer.Deserialize<JsonElement>(delivery.Payload!);
}
