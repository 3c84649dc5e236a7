namespace ChatPlatform.Application.Statistics;

/// <summary>Figures of the current application's users; see <see cref="IChannelStatistics"/> for snapshots and streams.</summary>
public interface IUserStatistics
{
    /// <summary>All-time totals, and those of an interval when one is given, by ascending user id.</summary>
    IAsyncEnumerable<UserTotalsView> ReadTotals(Interval? interval, long after, int? limit, CancellationToken cancellationToken);

    /// <summary>From the earliest to the latest moment at which anybody can have been active; null when nobody was.</summary>
    /// <param name="now">Until when open sessions count (UTC).</param>
    Task<Interval?> FindActiveExtentAsync(DateTime now, CancellationToken cancellationToken);

    /// <summary>
    /// Distinct users active in each bucket: with a broadcast message in one of its intervals, or with a user session that overlaps one.
    /// </summary>
    /// <param name="now">Until when open sessions count (UTC).</param>
    /// <returns>By bucket; without those in which nobody was active.</returns>
    Task<IReadOnlyDictionary<int, int>> CountActiveAsync(
        IReadOnlyList<BucketInterval> buckets, DateTime now, CancellationToken cancellationToken);

    /// <summary>Who they are: by descending bucket, the ids ascending; without buckets in which nobody was active.</summary>
    IAsyncEnumerable<(int Bucket, IReadOnlyList<long> UserIds)> ReadActive(
        IReadOnlyList<BucketInterval> buckets, DateTime now, CancellationToken cancellationToken);

    /// <summary>From the earliest to the latest creation of a user; null when there is none.</summary>
    Task<Interval?> FindCreationExtentAsync(CancellationToken cancellationToken);

    /// <summary>Users created a day; parameters and rows as those of <see cref="IMessageStatistics.CountByDayAsync"/>.</summary>
    Task<IReadOnlyList<DayFigure>> CountCreatedByDayAsync(
        IReadOnlyList<BucketInterval> days, int firstOfPeriod, CancellationToken cancellationToken);
}
