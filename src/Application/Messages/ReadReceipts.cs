using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Application.Messages;

public sealed record ReadReceiptView(long MessageId, UserView User, DateTime CreatedTime);

/// <summary>A receipt of the message alone, or of a range of the channel that was read in one call.</summary>
internal sealed class ReceiptRow
{
    public long UserId { get; init; }

    public DateTime CreatedTime { get; init; }
}

internal static class ReadReceipts
{
    /// <summary>One row for each user who read the message, alone or with its channel.</summary>
    public static IQueryable<ReceiptRow> ReceiptsOf(this IChatDbContext db, Message message)
    {
        var (id, channelId, time) = (message.Id, message.ChannelId, message.CreatedTime);
        var own = db.ReadReceipts.Where(receipt => receipt.MessageId == id)
            .Select(receipt => new ReceiptRow { UserId = receipt.UserId, CreatedTime = receipt.CreatedTime });
        var withChannel = db.ReadMarks
            .Where(mark => mark.ChannelId == channelId
                && mark.UpToTime >= time && (mark.UpToTime > time || mark.UpToId >= id)
                && (mark.FromTime == null || mark.FromTime < time || (mark.FromTime == time && mark.FromId < id))
                && !db.ReadReceipts.Any(receipt => receipt.MessageId == id && receipt.UserId == mark.UserId))
            .GroupBy(mark => mark.UserId)
            .Select(marks => new ReceiptRow { UserId = marks.Key, CreatedTime = marks.Min(mark => mark.CreatedTime) });
        return own.Concat(withChannel);
    }
}
