namespace ChatPlatform.Domain.Common;

/// <summary>A row of a cursor list, newest first; the id decides between rows of the same time.</summary>
public interface IChronological
{
    long Id { get; }

    DateTime CreatedTime { get; }
}

/// <summary>A stored row of a cursor list, which also knows when it arrived (docs/decisions/0023).</summary>
public interface IArriving : IChronological
{
    /// <summary>
    /// The number of the transaction that stored the row, set by the database. Unlike a time or an id, it tells with a snapshot
    /// whether a reader could see the row.
    /// </summary>
    ulong Arrival { get; }
}
