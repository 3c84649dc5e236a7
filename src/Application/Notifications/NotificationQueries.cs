using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Application.Messages;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Notifications;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Notifications;

/// <summary>Loads notifications in a fixed number of statements: messages, channels and users are loaded for the whole page.</summary>
internal sealed class NotificationQueries(
    IChatDbContext db, MessageQueries messages, ChannelQueries channels, IConfigurationProvider mapping)
{
    public async Task<NotificationView?> GetAsync(long id, CancellationToken cancellationToken)
    {
        var rows = await Rows(db.Notifications.Where(notification => notification.Id == id)).ToListAsync(cancellationToken);
        return await CompleteAsync(rows, cancellationToken) is [var notification] ? notification : null;
    }

    public async Task<CursorPage<NotificationView>> PageAsync(
        IQueryable<Notification> notifications, CursorRequest request, CancellationToken cancellationToken)
    {
        var page = await notifications.ToCursorPageAsync(db, request, Rows, cancellationToken);
        var items = await CompleteAsync(page.Items, cancellationToken);
        return new CursorPage<NotificationView>(items, page.Size, page.Start, page.Next, page.HasNewer);
    }

    private static IQueryable<NotificationRow> Rows(IQueryable<Notification> notifications) =>
        notifications.Select(notification => new NotificationRow
        {
            Id = notification.Id,
            Type = notification.Type,
            UserId = notification.UserId,
            MessageId = notification.MessageId,
            ParentId = notification.Type == NotificationType.UserRepliedToMessage ? notification.Message.ParentId : null,
            ChannelId = notification.Message.ChannelId,
            MentionedChannelId = notification.MentionedChannelId,
            Muted = notification.Muted,
            CreatedTime = notification.CreatedTime,
            ReadTime = notification.ReadTime,
        });

    private async Task<IReadOnlyList<NotificationView>> CompleteAsync(
        IReadOnlyList<NotificationRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var messageIds = rows.Select(row => row.MessageId).Concat(rows.Select(row => row.ParentId).OfType<long>()).Distinct().ToArray();
        var messagesById = (await messages.ListAsync(messageIds, cancellationToken)).ToDictionary(message => message.Id);
        var channelIds = rows.Select(row => row.ChannelId).Concat(rows.Select(row => row.MentionedChannelId).OfType<long>());
        var channelsById = (await channels.ListAsync([.. channelIds.Distinct()], cancellationToken)).ToDictionary(channel => channel.Id);
        var mentioned = await MentionedAsync(rows, cancellationToken);

        // A message that was just deleted has no notifications any more.
        return [.. rows.Where(row => messagesById.ContainsKey(row.MessageId)).Select(row => new NotificationView(
            row.Id,
            row.Type,
            row.UserId,
            messagesById[row.MessageId],
            channelsById.GetValueOrDefault(row.ChannelId),
            row.ParentId is { } parent ? messagesById.GetValueOrDefault(parent) : null,
            row.Type is NotificationType.UserMentionedUser ? mentioned.GetValueOrDefault(row.UserId) : null,
            row.MentionedChannelId is { } channel ? channelsById.GetValueOrDefault(channel) : null,
            row.Muted,
            row.CreatedTime,
            row.ReadTime))];
    }

    private async Task<Dictionary<long, UserView>> MentionedAsync(
        IReadOnlyList<NotificationRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Where(row => row.Type is NotificationType.UserMentionedUser).Select(row => row.UserId).Distinct().ToArray();
        return ids.Length == 0
            ? []
            : await db.Users.Where(user => ids.Contains(user.Id)).ProjectTo<UserView>(mapping)
                .ToDictionaryAsync(user => user.Id, cancellationToken);
    }
}
