namespace ChatPlatform.Infrastructure.Statistics.Entities;

/// <summary>The single row that describes which buckets exist.</summary>
public sealed class RollupState
{
    /// <summary>Value of <see cref="FirstBucket"/> before anything is counted.</summary>
    public const int NoFirstBucket = int.MaxValue;

    private RollupState() { }

    public short Id { get; private set; }

    /// <summary>Buckets coarser than 15 minutes exist exactly if they end at or before this bucket. It only grows.</summary>
    public int Watermark { get; private set; }

    /// <summary>The first bucket with a counted message or session.</summary>
    public int FirstBucket { get; private set; }

    /// <summary>The last bucket with a counted message.</summary>
    public int LastBucket { get; private set; }

    internal static RollupState Empty => new()
    {
        Id = 1,
        Watermark = BucketGrid.MinBucket,
        FirstBucket = NoFirstBucket,
        LastBucket = BucketGrid.MinBucket,
    };
}
