using ChatPlatform.Domain.Channels;

namespace ChatPlatform.Application.Statistics;

/// <summary>Figures about messages of the current application; see <see cref="IChannelStatistics"/>.</summary>
/// <remarks>The intervals of a period are ascending, and at most one is longer than a day.</remarks>
public interface IMessageStatistics
{
    /// <summary>An interval that contains all broadcast messages; null if there are none.</summary>
    Task<Interval?> FindExtentAsync(CancellationToken cancellationToken);

    /// <param name="firstOfPeriod">First day of the period; earlier days are the previous period.</param>
    Task<IReadOnlyList<DailyCount>> CountByDayAsync(
        IReadOnlyList<PointInterval> days, int firstOfPeriod, CancellationToken cancellationToken);

    Task<IReadOnlyDictionary<ChannelType, long>> CountByTypeAsync(IReadOnlyList<Interval> period, CancellationToken cancellationToken);

    Task<IReadOnlyList<PopularChannelView>> ListPopularAsync(
        IReadOnlyList<Interval> period, int limit, CancellationToken cancellationToken);
}

/// <param name="PeriodTotal">Sum of the period, or of the previous period, that contains the day.</param>
public readonly record struct DailyCount(int Day, long Count, long Variation, long PeriodTotal);
