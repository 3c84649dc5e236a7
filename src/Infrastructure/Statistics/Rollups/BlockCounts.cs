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
/// Messages broadcast in a channel since a period began, until the end of each of its days (UTC): what was broadcast between two days is a
/// difference, so a channel has one row to add for weeks or months, however busy it is.
/// </summary>
public sealed class ChannelRunningCount : ITenantOwned
{
    /// <summary>Slots of a day.</summary>
    public const int Span = 96;

    /// <summary>Slots of a period, 256 days.</summary>
    public const int PeriodSpan = 256 * Span;

    private ChannelRunningCount() { }

    public long ApplicationId { get; private set; }

    /// <summary>Periods since 1970-01-01 UTC.</summary>
    public int Period { get; private set; }

    public long ChannelId { get; private set; }

    /// <summary>One a day. Days that are not over add nothing yet.</summary>
    public int[] Counts { get; private set; } = null!;
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
