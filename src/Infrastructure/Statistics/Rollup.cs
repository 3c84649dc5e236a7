namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>How one rollup table is folded, compacted, rebuilt and verified. Statements are names of SQL files.</summary>
internal sealed record Rollup(string Table)
{
    /// <summary>Stored resolutions, ascending; empty for all-time figures.</summary>
    public int[] Resolutions { get; init; } = [];

    /// <summary>Statements that add a batch of events, in this order.</summary>
    public string[] Fold { get; init; } = [];

    public IReadOnlyList<Compaction> Compactions { get; init; } = [];

    public required Rebuild Rebuild { get; init; }

    /// <summary>Null if another rollup's statement verifies this table.</summary>
    public Verification? Verification { get; init; }
}

/// <summary>Builds buckets of a resolution, once each, when they have ended.</summary>
/// <param name="Source">Resolution of the buckets that are summed up; null if the messages are counted.</param>
internal sealed record Compaction(string Statement, int Resolution, int? Source);

/// <param name="Delete">Condition of the rows to delete before; null if the statement updates them.</param>
internal sealed record Rebuild(RebuildScope Scope, string Statement, string? Delete = null);

internal sealed record Verification(string Statement, params int[] Resolutions);

/// <summary>The rows that one transaction of a rebuild replaces: of some channels, users or buckets.</summary>
internal enum RebuildScope
{
    Channels,
    Users,
    Buckets,
    RunningCounts,
}
