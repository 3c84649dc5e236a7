using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Channels;

/// <summary>What a member has read of a channel in one call. One row stands for the receipts of any number of messages.</summary>
public sealed class ReadMark : ITenantOwned
{
    private ReadMark() { }

    public long ApplicationId { get; private set; }

    public long Id { get; private set; }

    public long ChannelId { get; private set; }

    public long UserId { get; private set; }

    /// <summary>Messages that this snapshot shows were read earlier; null if none were.</summary>
    public string? FromSnapshot { get; private set; }

    /// <summary>Messages that this snapshot shows are read.</summary>
    public string UpToSnapshot { get; private set; } = null!;

    /// <summary>Above the arrival of every message that was read; computed from the snapshot.</summary>
    public ulong UpToArrival { get; private set; }

    public DateTime CreatedTime { get; private set; }

    internal static ReadMark Create(ChannelMember member, string snapshot, DateTime now) => new()
    {
        ApplicationId = member.ApplicationId,
        ChannelId = member.ChannelId,
        UserId = member.UserId,
        FromSnapshot = member.ReadSnapshot,
        UpToSnapshot = snapshot,
        CreatedTime = now,
    };
}
