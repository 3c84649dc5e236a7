using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Statistics.Entities;

/// <summary>Messages broadcast in a channel in one bucket.</summary>
public sealed class ChannelCount : ITenantOwned
{
    private ChannelCount() { }

    public long ApplicationId { get; private set; }

    public short Resolution { get; private set; }

    public int Start { get; private set; }

    public long ChannelId { get; private set; }

    public int Broadcast { get; private set; }
}

/// <summary>
/// Cumulative counts of the messages broadcast in a chunk of channels, up to the end of a day or of a checkpoint interval (UTC). The count
/// of any range of days is the difference of a few rows. A day or interval without messages has no row; the previous row applies.
/// </summary>
public sealed class ChannelRunningCounts : ITenantOwned
{
    /// <summary>The chunk of a channel is the id divided by this number, the array index is the remainder.</summary>
    public const int ChannelsPerChunk = 128;

    /// <summary>
    /// Resolution of checkpoints. A checkpoint counts from the first message; a day counts from the previous checkpoint, so that a late
    /// message changes the days of one checkpoint interval only.
    /// </summary>
    public const int Checkpoint = Statistics.Resolution.SixtyFourDays;

    private ChannelRunningCounts() { }

    public long ApplicationId { get; private set; }

    public long Chunk { get; private set; }

    public short Resolution { get; private set; }

    public int Start { get; private set; }

    public long[] Counts { get; private set; } = null!;
}

/// <summary>Messages broadcast in all channels of a type in one bucket.</summary>
public sealed class TypeCount : ITenantOwned
{
    private TypeCount() { }

    public long ApplicationId { get; private set; }

    public short Resolution { get; private set; }

    public int Start { get; private set; }

    /// <summary>A <see cref="Domain.Channels.ChannelType"/>.</summary>
    public int Type { get; private set; }

    public int Broadcast { get; private set; }
}

/// <summary>Messages of a user in all channels in one bucket.</summary>
public sealed class UserCount : ITenantOwned
{
    private UserCount() { }

    public long ApplicationId { get; private set; }

    public short Resolution { get; private set; }

    public int Start { get; private set; }

    public long UserId { get; private set; }

    public int Received { get; private set; }
}

/// <summary>Messages of a user in a channel in one bucket.</summary>
public sealed class ChannelUserCount : ITenantOwned
{
    private ChannelUserCount() { }

    public long ApplicationId { get; private set; }

    public long ChannelId { get; private set; }

    public short Resolution { get; private set; }

    public int Start { get; private set; }

    public long UserId { get; private set; }

    public int Received { get; private set; }
}
