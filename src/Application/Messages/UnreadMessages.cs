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
    /// <summary>
    /// Finds broadcast messages of others that are newer than the membership and than its read position, and have no receipt of the
    /// member. Each membership is one range of the channel's index.
    /// </summary>
    public static IQueryable<UnreadMessage> Unread(this IChatDbContext db, IQueryable<ChannelMember> members) =>
        from member in members
        from message in db.Messages.Where(message => message.ChannelId == member.ChannelId
            && message.Broadcast
            && message.UserId != member.UserId
            && message.CreatedTime >= member.CreatedTime

            // Implied by the next condition; the index scan starts here.
            && message.CreatedTime >= (member.ReadUpToTime ?? member.CreatedTime)
            && (member.ReadUpToTime == null
                || message.CreatedTime > member.ReadUpToTime
                || (message.CreatedTime == member.ReadUpToTime && message.Id > member.ReadUpToId)))
        where !db.ReadReceipts.Any(receipt => receipt.MessageId == message.Id && receipt.UserId == member.UserId)
        select new UnreadMessage { Member = member, Message = message };
}
