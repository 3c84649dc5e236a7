namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>
/// Time as numbered buckets of 15 minutes since 1970-01-01 UTC. A rollup bucket of a coarser <see cref="Resolution"/> consists of several
/// of them and starts at a multiple of its length.
/// </summary>
internal static class BucketGrid
{
    public static readonly TimeSpan BucketLength = TimeSpan.FromMinutes(15);

    /// <summary>Less than the bucket of every possible message.</summary>
    public const int MinBucket = -100_000_000;

    /// <summary>Greater than the bucket of every possible message.</summary>
    public const int MaxBucket = 300_000_000;

    private static readonly long Ticks = BucketLength.Ticks;

    /// <summary>The bucket that contains a time (UTC).</summary>
    public static int BucketOf(DateTime time) => (int)FloorDivide(time.Ticks - DateTime.UnixEpoch.Ticks, Ticks);

    /// <summary>The first bucket that starts at or after a time (UTC).</summary>
    public static int BucketAtOrAfter(DateTime time) => (int)-FloorDivide(DateTime.UnixEpoch.Ticks - time.Ticks, Ticks);

    public static DateTime StartOf(int bucket) => DateTime.UnixEpoch.AddTicks(bucket * Ticks);

    public static int AlignDown(int bucket, int resolution) => (int)(FloorDivide(bucket, resolution) * resolution);

    public static int AlignUp(int bucket, int resolution) => (int)(-FloorDivide(-(long)bucket, resolution) * resolution);

    private static long FloorDivide(long value, long by) => value >= 0 ? value / by : -((-value + by - 1) / by);
}
