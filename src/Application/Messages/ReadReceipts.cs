using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Application.Messages;

/// <summary>That a user read a message, and when.</summary>
public sealed record ReadReceiptView(long MessageId, UserView User, DateTime CreatedTime);

/// <summary>A receipt, whether of a row of its own or of a stretch of the channel that was read at once.</summary>
internal sealed class ReceiptRow
{
    public long UserId { get; init; }

    public DateTime CreatedTime { get; init; }
}

internal static class ReadReceipts
{
    /// <summary>One for each user who read the message, by itself or with its channel.</summary>
    public static IQueryable<ReceiptRow> ReceiptsOf(this IChatDbContext db, Message message)
    {
        var (id, channelId, time) = (message.Id, message.ChannelId, message.CreatedTime);
        var own = db.ReadReceipts.Where(receipt => receipt.MessageId == id)
            .Select(receipt => new ReceiptRow { UserId = receipt.UserId, CreatedTime = receipt.CreatedTime });
        var withChannel = db.ChannelReads
            .Where(read => read.ChannelId == channelId
                && read.UpToTime >= time && (read.UpToTime > time || read.UpToId >= id)
                && (read.FromTime == null || read.FromTime < time || (read.FromTime == time && read.FromId < id))
                && !db.ReadReceipts.Any(receipt => receipt.MessageId == id && receipt.UserId == read.UserId))
            .GroupBy(read => read.UserId)
            .Select(reads => new ReceiptRow { UserId = reads.Key, CreatedTime = reads.Min(read => read.CreatedTime) });
        return own.Concat(withChannel);
    }
}
