using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Statistics.Rollups;

/// <summary>Messages broadcast in a channel in one block: <see cref="Span"/> slots from <see cref="Start"/> on, aligned to its span.</summary>
public sealed class ChannelCount : ITenantOwned
{
    private ChannelCount() { }

    public long ApplicationId { get; private set; }

    public short Span { get; private set; }

    public int Start { get; private set; }

    public long ChannelId { get; private set; }

    public int Broadcast { get; private set; }
}

/// <summary>
/// Messages broadcast in each of many channels until the end of a day or of a period (UTC), counted on: what was broadcast between two
/// moments is a difference of a few rows, however long that is and however busy the channels are. A row is there where one of its
/// channels got something; else the one before it stands.
/// </summary>
public sealed class ChannelRunningCounts : ITenantOwned
{
    /// <summary>Channels in a chunk; a channel's place is the id's remainder, the chunk its quotient.</summary>
    public const int ChunkSize = 128;

    /// <summary>Slots of a day: such a row counts from the beginning of the day's period on.</summary>
    public const int Day = 96;

    /// <summary>Slots of a period, 64 days: such a row counts all that ever was. A late message rewrites the days of one period only.</summary>
    public const int Period = 64 * Day;

    private ChannelRunningCounts() { }

    public long ApplicationId { get; private set; }

    public long Chunk { get; private set; }

    /// <summary><see cref="Day"/> or <see cref="Period"/>.</summary>
    public short Span { get; private set; }

    /// <summary>The first slot of the day or period that has ended.</summary>
    public int Start { get; private set; }

    /// <summary>One a channel.</summary>
    public long[] Counts { get; private set; } = null!;
}

/// <summary>Messages broadcast in all channels of a type in one block.</summary>
public sealed class TypeCount : ITenantOwned
{
    private TypeCount() { }

    public long ApplicationId { get; private set; }

    public short Span { get; private set; }

    public int Start { get; private set; }

    /// <summary>Of <see cref="Domain.Channels.ChannelType"/>.</summary>
    public int Type { get; private set; }

    public int Broadcast { get; private set; }
}

/// <summary>Messages that a user sent, to any channel, in one block. Only blocks of days: the messages themselves fill in the ends.</summary>
public sealed class UserCount : ITenantOwned
{
    private UserCount() { }

    public long ApplicationId { get; private set; }

    public short Span { get; private set; }

    public int Start { get; private set; }

    public long UserId { get; private set; }

    public int Received { get; private set; }
}

/// <summary>Messages that a user sent to a channel in one block. Only blocks of days: the messages themselves fill in the ends.</summary>
public sealed class ChannelUserCount : ITenantOwned
{
    private ChannelUserCount() { }

    public long ApplicationId { get; private set; }

    public long ChannelId { get; private set; }

    public short Span { get; private set; }

    public int Start { get; private set; }

    public long UserId { get; private set; }

    public int Received { get; private set; }
}
