using ChatPlatform.Domain.Channels;

namespace ChatPlatform.Application.Statistics;

/// <summary>Figures of the current application's messages; see <see cref="IChannelStatistics"/> for snapshots.</summary>
public interface IMessageStatistics
{
    /// <summary>From the earliest to the latest broadcast message, to the quarter-hour; null when there is none.</summary>
    Task<Interval?> FindExtentAsync(CancellationToken cancellationToken);

    /// <summary>Messages broadcast a day.</summary>
    /// <param name="days">Adjoining, ascending; the bucket is the day's number.</param>
    /// <param name="firstOfPeriod">Days from this one on are the period, those before it what it is compared with.</param>
    Task<IReadOnlyList<DayFigure>> CountByDayAsync(
        IReadOnlyList<BucketInterval> days, int firstOfPeriod, CancellationToken cancellationToken);

    /// <summary>Messages broadcast in an interval by the type of their channel; without types that have none.</summary>
    Task<IReadOnlyDictionary<ChannelType, long>> CountByTypeAsync(Interval interval, CancellationToken cancellationToken);

    /// <summary>The channels with most messages broadcast in an interval, ties by id; none without any.</summary>
    Task<IReadOnlyList<PopularChannelView>> ListPopularAsync(Interval interval, int limit, CancellationToken cancellationToken);
}

/// <param name="Day">The bucket.</param>
/// <param name="Variation">Against the day before it.</param>
/// <param name="OfPeriod">The sum over the period, or over the days before it, that the day belongs to.</param>
public readonly record struct DayFigure(int Day, long Count, long Variation, long OfPeriod);
