using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Application.Messages;

internal sealed class UnreadMessage
{
    public required ChannelMember Member { get; init; }

    public required Message Message { get; init; }
}

internal static class UnreadMessages
{
    /// <summary>Servers may differ by as much when they date a membership and a message.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(-1);

    /// <summary>
    /// Finds broadcast messages of others that arrived after the member joined and last read the channel, and have no receipt of the
    /// member. History that is imported later, dated before the membership, is not unread. Each membership is one range of the channel's
    /// index.
    /// </summary>
    public static IQueryable<UnreadMessage> Unread(this IChatDbContext db, IQueryable<ChannelMember> members) =>
        from member in members
        from message in db.Messages.Where(message => message.ChannelId == member.ChannelId
            && message.Broadcast
            && message.UserId != member.UserId
            && message.CreatedTime - member.CreatedTime >= ClockTolerance

            // The index scan starts here; the condition above has no index on purpose.
            && StoreFunctions.ArrivedAfter(message.Arrival, member.ReadSnapshot ?? member.JoinedSnapshot))
        where !db.ReadReceipts.Any(receipt => receipt.MessageId == message.Id && receipt.UserId == member.UserId)
        select new UnreadMessage { Member = member, Message = message };
}
