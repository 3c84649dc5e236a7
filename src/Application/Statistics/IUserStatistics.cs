namespace ChatPlatform.Application.Statistics;

/// <summary>Figures about users of the current application; see <see cref="IChannelStatistics"/>.</summary>
public interface IUserStatistics
{
    IAsyncEnumerable<UserTotalsView> ReadTotals(Interval? interval, long after, int? limit, CancellationToken cancellationToken);

    /// <summary>An interval that contains all messages and sessions; null if there are none.</summary>
    /// <param name="now">End of open sessions (UTC).</param>
    Task<Interval?> FindActiveExtentAsync(DateTime now, CancellationToken cancellationToken);

    /// <summary>Users with a broadcast message in an interval of the data point or a session that overlaps one.</summary>
    Task<IReadOnlyDictionary<int, int>> CountActiveAsync(
        IReadOnlyList<PointInterval> points, DateTime now, CancellationToken cancellationToken);

    /// <summary>The same users, by descending data point and ascending id.</summary>
    IAsyncEnumerable<(int Point, IReadOnlyList<long> UserIds)> ReadActive(
        IReadOnlyList<PointInterval> points, DateTime now, CancellationToken cancellationToken);

    Task<Interval?> FindCreationExtentAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<DailyCount>> CountCreatedByDayAsync(
        IReadOnlyList<PointInterval> days, int firstOfPeriod, CancellationToken cancellationToken);
}
