using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Application.Messages;

/// <summary>A message that a member has not read.</summary>
internal sealed class UnreadMessage
{
    public required ChannelMember Member { get; init; }

    public required Message Message { get; init; }
}

internal static class UnreadMessages
{
    /// <summary>
    /// What members have not read: messages that others sent since they joined, behind the place up to which they read the channel,
    /// without a receipt of their own. Each membership is one stretch of the channel's index.
    /// </summary>
    public static IQueryable<UnreadMessage> Unread(this IChatDbContext db, IQueryable<ChannelMember> members) =>
        from member in members
        from message in db.Messages.Where(message => message.ChannelId == member.ChannelId
            && message.Broadcast
            && message.UserId != member.UserId
            && message.CreatedTime >= member.CreatedTime

            // Implied by the next; it is what the index can start from.
            && message.CreatedTime >= (member.ReadUpToTime ?? member.CreatedTime)
            && (member.ReadUpToTime == null
                || message.CreatedTime > member.ReadUpToTime
                || (message.CreatedTime == member.ReadUpToTime && message.Id > member.ReadUpToId)))
        where !db.ReadReceipts.Any(receipt => receipt.MessageId == message.Id && receipt.UserId == member.UserId)
        select new UnreadMessage { Member = member, Message = message };
}
