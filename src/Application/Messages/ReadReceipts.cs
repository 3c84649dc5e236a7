using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Application.Messages;

public sealed record ReadReceiptView(long MessageId, UserView User, DateTime CreatedTime);

/// <summary>A receipt of the message alone, or of all that was read of the channel in one call.</summary>
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
        var id = message.Id;
        var own = db.ReadReceipts.Where(receipt => receipt.MessageId == id)
            .Select(receipt => new ReceiptRow { UserId = receipt.UserId, CreatedTime = receipt.CreatedTime });
        var withChannel = db.Messages.Where(read => read.Id == id)
            .SelectMany(read => db.ReadMarks.Where(mark => mark.ChannelId == read.ChannelId
                && mark.UpToArrival > read.Arrival
                && !StoreFunctions.ArrivedAfter(read.Arrival, mark.UpToSnapshot)
                && (mark.FromSnapshot == null || StoreFunctions.ArrivedAfter(read.Arrival, mark.FromSnapshot))
                && !db.ReadReceipts.Any(receipt => receipt.MessageId == id && receipt.UserId == mark.UserId)))
            .GroupBy(mark => mark.UserId)
            .Select(marks => new ReceiptRow { UserId = marks.Key, CreatedTime = marks.Min(mark => mark.CreatedTime) });
        return own.Concat(withChannel);
    }
}
