using ChatPlatform.Infrastructure.Statistics.Rollups;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>The grid of the rollups: quarter-hours since 1970-01-01 UTC, and blocks of several of them, aligned to their length.</summary>
internal static class Slots
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(15);

    /// <summary>Quarter-hour and 6 hours (UTC).</summary>
    public static readonly int[] ChannelSpans = [1, 24];

    /// <summary>Day and period of the channels' running counts.</summary>
    public static readonly int[] RunningSpans = [ChannelRunningCounts.Day, ChannelRunningCounts.Period];

    /// <summary>What an interval of channels is made of: blocks, and days by running counts.</summary>
    public static readonly int[] ChannelSpansToRead = [.. ChannelSpans, ChannelRunningCounts.Day];

    /// <summary>Quarter-hour, hour, 6 hours, day, 4, 16 and 64 days: there are few types, and days of any zone are made of them.</summary>
    public static readonly int[] TypeSpans = [1, 4, 24, 96, 384, 1536, 6144];

    /// <summary>4, 16 and 64 days.</summary>
    public static readonly int[] UserSpans = [384, 1536, 6144];

    /// <summary>Quarter-hour, hour, 6 hours.</summary>
    public static readonly int[] ActivitySpans = [1, 4, 24];

    /// <summary>No moment that a message can have lies before it.</summary>
    public const int First = -100_000_000;

    /// <summary>No moment that a message can have lies at or after it.</summary>
    public const int End = 300_000_000;

    private static readonly long Ticks = Length.Ticks;

    /// <summary>The slot that holds a moment.</summary>
    public static int Of(DateTime moment) => (int)FloorDivide(moment.Ticks - DateTime.UnixEpoch.Ticks, Ticks);

    /// <summary>The first slot that begins at or after a moment.</summary>
    public static int AtOrAfter(DateTime moment) => (int)-FloorDivide(DateTime.UnixEpoch.Ticks - moment.Ticks, Ticks);

    public static DateTime Begin(int slot) => DateTime.UnixEpoch.AddTicks(slot * Ticks);

    public static int AlignDown(int slot, int span) => (int)(FloorDivide(slot, span) * span);

    public static int AlignUp(int slot, int span) => (int)(-FloorDivide(-(long)slot, span) * span);

    private static long FloorDivide(long value, long by) => value >= 0 ? value / by : -((-value + by - 1) / by);
}
