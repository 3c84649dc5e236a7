using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Statistics.Entities;

/// <summary>All-time figures of a channel.</summary>
public sealed class ChannelTotal : ITenantOwned
{
    private ChannelTotal() { }

    public long ApplicationId { get; private set; }

    public long ChannelId { get; private set; }

    /// <summary>Type of the channel, kept after its deletion; null if it was deleted before its first event was folded.</summary>
    public int? Type { get; private set; }

    public long Received { get; private set; }

    public long Broadcast { get; private set; }

    /// <summary><see cref="ChannelContributor"/>s who are not guests.</summary>
    public int Users { get; private set; }

    public int Guests { get; private set; }
}

/// <summary>A user who is a member of a channel or has messages in it.</summary>
public sealed class ChannelContributor : ITenantOwned
{
    private ChannelContributor() { }

    public long ApplicationId { get; private set; }

    public long ChannelId { get; private set; }

    public long UserId { get; private set; }

    public long Received { get; private set; }

    public bool IsMember { get; private set; }

    public bool IsGuest { get; private set; }
}

/// <summary>Messages of a user in all channels.</summary>
public sealed class UserTotal : ITenantOwned
{
    private UserTotal() { }

    public long ApplicationId { get; private set; }

    public long UserId { get; private set; }

    public long Received { get; private set; }
}
