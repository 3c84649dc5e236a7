namespace ChatPlatform.Application.Statistics;

/// <summary>A stretch of time.</summary>
/// <param name="From">UTC, inclusive.</param>
/// <param name="To">UTC, exclusive; not before <paramref name="From"/>.</param>
public readonly record struct Interval(DateTime From, DateTime To);

/// <summary>An interval that counts towards the bucket of this number; a bucket may have several.</summary>
public readonly record struct BucketInterval(int Bucket, Interval Interval);
