using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Chats;

/// <summary>Reads messages of a chat, including deleted ones, in a fixed number of statements.</summary>
internal sealed class ChatMessageQueries(IChatDbContext db)
{
    /// <summary>The broadcast messages of the chat's channel, and those deleted since.</summary>
    public IQueryable<Row> RowsOf(Chat chat) => db.Messages
        .Where(message => message.ChannelId == chat.ChannelId && message.Broadcast)
        .Select(message => new Row { Id = message.Id, CreatedTime = message.CreatedTime, Arrival = message.Arrival, UserId = message.UserId, IsDeleted = false })
        .Concat(db.DeletedMessages.Where(message => message.ChatId == chat.Id)
            .Select(message => new Row { Id = message.Id, CreatedTime = message.CreatedTime, Arrival = message.Arrival, UserId = message.UserId, IsDeleted = true }));

    public async Task<CursorPage<ChatMessageView>> CompleteAsync(Chat chat, CursorPage<Row> page, CancellationToken cancellationToken)
    {
        var content = await ReadContentAsync(page.Items, cancellationToken);
        var users = page.Items.Select(row => row.UserId).OfType<long>().Distinct().ToArray();
        var writers = await db.Participants.Where(p => p.ChatId == chat.Id && users.Contains(p.UserId))
            .ToDictionaryAsync(p => p.UserId, p => (Guid?)p.Id, cancellationToken);
        return page.Select(row => new ChatMessageView
        {
            Id = row.Id,
            CreatedTime = row.CreatedTime,
            WrittenBy = row.UserId is { } user ? writers.GetValueOrDefault(user) : null,
            IsDeleted = row.IsDeleted,
            IsPinned = row.Id == chat.PinnedMessageId,
            Content = content[row.Id],
        });
    }

    private async Task<Dictionary<long, IReadOnlyList<ContentVersion>>> ReadContentAsync(
        IReadOnlyList<Row> rows, CancellationToken cancellationToken)
    {
        var present = rows.Where(row => !row.IsDeleted).Select(row => row.Id).ToArray();
        var deleted = rows.Where(row => row.IsDeleted).Select(row => row.Id).ToArray();
        var content = await db.DeletedMessages.Where(message => deleted.Contains(message.Id))
            .ToDictionaryAsync(message => message.Id, message => message.Content, cancellationToken);
        var messages = await db.Messages.AsNoTracking().Where(message => present.Contains(message.Id))
            .Include(message => message.Versions)
            .ToListAsync(cancellationToken);
        foreach (var message in messages)
        {
            content[message.Id] = message.Versions.Count == 0
                ? [ContentVersion.Of(message)]
                : [.. message.Versions.OrderBy(version => version.CapturedAt).ThenBy(version => version.Sequence).ThenBy(version => version.Id)
                    .Select(version => new ContentVersion(version.Body, "text/plain", version.CapturedAt))];
        }

        return content;
    }

    public sealed record Row : IArriving
    {
        public long Id { get; init; }

        public DateTime CreatedTime { get; init; }

        public ulong Arrival { get; init; }

        public long? UserId { get; init; }

        public bool IsDeleted { get; init; }
    }
}
