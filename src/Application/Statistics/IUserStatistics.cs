namespace ChatPlatform.Application.Statistics;

/// <summary>Figures of the current application's users; see <see cref="IChannelStatistics"/> for snapshots and streams.</summary>
public interface IUserStatistics
{
    /// <summary>All-time totals, and those of an interval when one is given, by ascending user id.</summary>
    IAsyncEnumerable<UserTotalsView> ReadTotals(Interval? interval, long after, int? limit, CancellationToken cancellationToken);

    /// <summary>
    /// Distinct users active in each bucket: with a broadcast message in one of its intervals, or with a user session that overlaps one.
    /// </summary>
    /// <param name="now">Until when open sessions count (UTC).</param>
    /// <returns>By bucket; without those in which nobody was active.</returns>
    Task<IReadOnlyDictionary<int, int>> CountActiveAsync(
        IReadOnlyList<BucketInterval> buckets, DateTime now, CancellationToken cancellationToken);
}
