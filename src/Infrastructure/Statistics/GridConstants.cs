using System.Globalization;
using ChatPlatform.Infrastructure.Statistics.Entities;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>Numbers of the bucket grid under the names that SQL files use in <c>{{…}}</c>.</summary>
internal static class GridConstants
{
    public static readonly IReadOnlyDictionary<string, int> All = new Dictionary<string, int>
    {
        ["bucket_seconds"] = (int)BucketGrid.BucketLength.TotalSeconds,
        ["six_hours"] = Resolution.SixHours,
        ["day"] = Resolution.Day,
        ["checkpoint"] = ChannelRunningCounts.Checkpoint,
        ["users_per_chunk"] = Activity.UsersPerChunk,
        ["channels_per_chunk"] = ChannelRunningCounts.ChannelsPerChunk,
        ["min_bucket"] = BucketGrid.MinBucket,
        ["max_bucket"] = BucketGrid.MaxBucket,
        ["no_first_bucket"] = RollupState.NoFirstBucket,
    };

    public static string Of(string name) => All[name].ToString(CultureInfo.InvariantCulture);
}
