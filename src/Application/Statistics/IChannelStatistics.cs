namespace ChatPlatform.Application.Statistics;

/// <summary>
/// Figures about channels of the current application. Each call reads one snapshot of the database, and returns what a recount of the
/// messages in it would return. Streams occupy a connection until they are completed or disposed.
/// </summary>
public interface IChannelStatistics
{
    IAsyncEnumerable<ChannelTotalsView> ReadTotals(ListChannelTotals filter, CancellationToken cancellationToken);

    /// <summary>Users with messages in a channel, and users with a chat session that overlaps the interval.</summary>
    IAsyncEnumerable<ChatterView> ReadChatters(
        long channelId, Interval? interval, long after, int? limit, CancellationToken cancellationToken);

    /// <param name="limit">Number of channels.</param>
    IAsyncEnumerable<ChatterView> ReadChattersOfAll(Interval? interval, long after, int? limit, CancellationToken cancellationToken);

    Task<ChannelActivityPage> ListActivityAsync(
        IReadOnlyList<Interval> period,
        IReadOnlyList<Interval> before,
        bool onlyActive,
        int offset,
        int limit,
        CancellationToken cancellationToken);

    IAsyncEnumerable<ChannelActivityView> ReadActivity(
        IReadOnlyList<Interval> period, IReadOnlyList<Interval> before, bool onlyActive, CancellationToken cancellationToken);
}
