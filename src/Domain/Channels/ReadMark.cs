using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Domain.Channels;

/// <summary>A range of a channel that a member has read. One row stands for the receipts of any number of messages.</summary>
public sealed class ReadMark : ITenantOwned
{
    private ReadMark() { }

    public long ApplicationId { get; private set; }

    public long Id { get; private set; }

    public long ChannelId { get; private set; }

    public long UserId { get; private set; }

    /// <summary>Exclusive; null means from the channel's first message.</summary>
    public DateTime? FromTime { get; private set; }

    public long? FromId { get; private set; }

    /// <summary>Inclusive.</summary>
    public DateTime UpToTime { get; private set; }

    public long UpToId { get; private set; }

    public DateTime CreatedTime { get; private set; }

    internal static ReadMark Create(ChannelMember member, Message newest, DateTime now) => new()
    {
        ApplicationId = member.ApplicationId,
        ChannelId = member.ChannelId,
        UserId = member.UserId,
        FromTime = member.ReadUpToTime,
        FromId = member.ReadUpToId,
        UpToTime = newest.CreatedTime,
        UpToId = newest.Id,
        CreatedTime = now,
    };
}
