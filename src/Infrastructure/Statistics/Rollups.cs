namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>The rollup tables. docs/statistics.md describes them.</summary>
internal static class Rollups
{
    private const string InChannels = "channel_id > @after AND channel_id <= @up_to";

    // Resolution 0 belongs to the activity only.
    private const string InBuckets = "resolution = ANY (@resolutions || 0) AND start >= @first AND start < @end";

    private static readonly int[] Days = [Resolution.FourDays, Resolution.SixteenDays, Resolution.SixtyFourDays];
    private static readonly int[] UpToSixHours = [Resolution.QuarterHour, Resolution.Hour, Resolution.SixHours];

    public static readonly Rollup ChannelContributors = new("channel_contributors")
    {
        Fold = ["FoldContributors"],
        Rebuild = new(RebuildScope.Channels, "RebuildContributors", InChannels),
        Verification = new("VerifyContributors"),
    };

    public static readonly Rollup ChannelTotals = new("channel_totals")
    {
        Fold = ["FoldChannelTotals"],
        Rebuild = new(RebuildScope.Channels, "RebuildChannelTotals"),
        Verification = new("VerifyTotals"),
    };

    public static readonly Rollup UserTotals = new("user_totals")
    {
        Fold = ["FoldUserTotals"],
        Rebuild = new(RebuildScope.Users, "RebuildUserTotals"),
    };

    public static readonly Rollup ChannelRunningCounts = new("channel_running_counts")
    {
        Resolutions = [Resolution.Day, Entities.ChannelRunningCounts.Checkpoint],
        Fold = ["FoldChannelRunningCounts"],
        Compactions =
        [
            new("CompactChannelRunningCounts", Resolution.Day, Resolution.SixHours),
            new("CompactChannelRunningCounts", Entities.ChannelRunningCounts.Checkpoint, Resolution.SixHours),
        ],
        Rebuild = new(RebuildScope.RunningCounts, "RebuildChannelRunningCounts"),
    };

    public static readonly Rollup ChannelCounts = new("channel_counts")
    {
        Resolutions = [Resolution.QuarterHour, Resolution.SixHours],
        Fold = ["FoldChannelCounts"],
        Compactions = [new("CompactChannelCounts", Resolution.SixHours, Resolution.QuarterHour)],
        Rebuild = new(RebuildScope.Buckets, "RebuildChannelCounts", InBuckets),
        Verification = new("VerifyChannelCounts", [Resolution.QuarterHour, Resolution.SixHours, .. ChannelRunningCounts.Resolutions]),
    };

    public static readonly Rollup TypeCounts = new("type_counts")
    {
        Resolutions = [.. UpToSixHours, Resolution.Day, .. Days],
        Fold = ["FoldTypeCounts"],
        Compactions = Chain("CompactTypeCounts", [.. UpToSixHours, Resolution.Day, .. Days]),
        Rebuild = new(RebuildScope.Buckets, "RebuildTypeCounts", InBuckets),
        Verification = new("VerifyTypeCounts", [.. UpToSixHours, Resolution.Day, .. Days]),
    };

    public static readonly Rollup UserCounts = new("user_counts")
    {
        Resolutions = Days,
        Fold = ["FoldUserCounts"],
        Compactions = [new("BuildUserCounts", Days[0], Source: null), .. Chain("CompactUserCounts", Days)],
        Rebuild = new(RebuildScope.Buckets, "RebuildUserCounts", InBuckets),
        Verification = new("VerifyUserCounts", Days),
    };

    public static readonly Rollup ChannelUserCounts = new("channel_user_counts")
    {
        Resolutions = Days,
        Fold = ["FoldChannelUserCounts"],
        Compactions = [new("BuildChannelUserCounts", Days[0], Source: null), .. Chain("CompactChannelUserCounts", Days)],
        Rebuild = new(RebuildScope.Channels, "RebuildChannelUserCounts", InChannels),
        Verification = new("VerifyChannelUserCounts", Days),
    };

    public static readonly Rollup Activity = new("activity")
    {
        Resolutions = UpToSixHours,
        Fold = ["FoldDeletedUsers", "FoldDeletedMessages", "FoldActivity"],
        Compactions = Chain("CompactActivity", UpToSixHours),
        Rebuild = new(RebuildScope.Buckets, "RebuildActivity", InBuckets),
        Verification = new("VerifyActivity", UpToSixHours),
    };

    /// <summary>Ordered by dependency: totals count contributors and hold the types; running counts sum up channel counts.</summary>
    public static readonly Rollup[] All =
    [
        ChannelContributors, ChannelTotals, UserTotals, ChannelCounts, ChannelRunningCounts, TypeCounts, UserCounts, ChannelUserCounts,
        Activity,
    ];

    /// <summary>Resolutions that reports of channels read; days come from the running counts.</summary>
    public static readonly int[] ChannelReadResolutions = [.. ChannelCounts.Resolutions, Resolution.Day];

    private static Compaction[] Chain(string statement, int[] resolutions) =>
        [.. resolutions.Zip(resolutions.Skip(1), (source, resolution) => new Compaction(statement, resolution, source))];
}
