namespace ChatPlatform.Application.Statistics;

/// <summary>
/// Figures of the current application's channels. Each answer is one snapshot of the database and equals a recount of its rows in it.
/// Streams hold a connection until they are read to the end or given up.
/// </summary>
public interface IChannelStatistics
{
    /// <summary>All-time figures, by ascending channel id.</summary>
    IAsyncEnumerable<ChannelTotalsView> ReadTotals(ListChannelTotals filter, CancellationToken cancellationToken);

    /// <summary>
    /// Who wrote in one channel, by ascending user id: everybody with a message in it and, when an interval is given, everybody with a
    /// chat session there that overlaps it.
    /// </summary>
    IAsyncEnumerable<ChatterView> ReadChatters(
        long channelId, Interval? interval, long after, int? limit, CancellationToken cancellationToken);

    /// <summary>The same for many channels, by ascending channel and user id; pages are counted in channels.</summary>
    IAsyncEnumerable<ChatterView> ReadChattersOfAll(Interval? interval, long after, int? limit, CancellationToken cancellationToken);

    /// <summary>Messages broadcast in an interval, and in the one before it, a channel.</summary>
    Task<ChannelActivityPage> ListActivityAsync(
        Interval interval, Interval before, bool onlyActive, int offset, int limit, CancellationToken cancellationToken);

    /// <summary>All of them, as a stream in the same order.</summary>
    IAsyncEnumerable<ChannelActivityView> ReadActivity(
        Interval interval, Interval before, bool onlyActive, CancellationToken cancellationToken);
}
