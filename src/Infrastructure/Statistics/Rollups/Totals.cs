using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Statistics.Rollups;

/// <summary>What a channel has seen in all its time.</summary>
public sealed class ChannelTotal : ITenantOwned
{
    private ChannelTotal() { }

    public long ApplicationId { get; private set; }

    public long ChannelId { get; private set; }

    /// <summary>The channel's type, kept for when the channel itself is gone; null when it was gone before it was first counted.</summary>
    public int? Type { get; private set; }

    public long Received { get; private set; }

    public long Broadcast { get; private set; }

    /// <summary>Users, not guests, among its <see cref="ChannelPerson"/>s who are members or have a message in it.</summary>
    public int Users { get; private set; }

    /// <summary>Guests among them.</summary>
    public int Guests { get; private set; }
}

/// <summary>A member of a channel, or somebody who wrote in it.</summary>
public sealed class ChannelPerson : ITenantOwned
{
    private ChannelPerson() { }

    public long ApplicationId { get; private set; }

    public long ChannelId { get; private set; }

    public long UserId { get; private set; }

    public long Received { get; private set; }

    public bool IsMember { get; private set; }

    public bool IsGuest { get; private set; }
}

/// <summary>What a user has sent in all channels.</summary>
public sealed class UserTotal : ITenantOwned
{
    private UserTotal() { }

    public long ApplicationId { get; private set; }

    public long UserId { get; private set; }

    public long Received { get; private set; }
}
