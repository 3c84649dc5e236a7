using System.Runtime.CompilerServices;
using ChatPlatform.Application.Statistics;
using ChatPlatform.Domain.Channels;
using Npgsql;

namespace ChatPlatform.Infrastructure.Statistics;

internal sealed class ChannelStatistics(RollupReader rollups) : IChannelStatistics
{
    public async IAsyncEnumerable<ChannelTotalsView> ReadTotals(
        ListChannelTotals filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = rollups.Command("ChannelTotals", await rollups.ReadStateAsync(cancellationToken));
        command.Parameters.Put("after", filter.ChannelId is { } id ? Math.Max(filter.After, id - 1) : filter.After);
        command.Parameters.Put("up_to", filter.ChannelId ?? long.MaxValue);
        command.Parameters.Put("active", filter.Active);
        command.Parameters.Put("limit", (long?)filter.Limit);
        await foreach (var row in rollups.StreamAsync(command, Totals, cancellationToken))
        {
            yield return row;
        }
    }

    public async IAsyncEnumerable<ChatterView> ReadChatters(
        long channelId, Interval? interval, long after, int? limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = await rollups.UserCommandAsync("Chatters", interval, cancellationToken);
        command.Parameters.Put("channel", (long?)channelId);
        command.Parameters.Put("after", (long?)after);
        command.Parameters.Put("limit", (long?)limit);
        await foreach (var row in rollups.StreamAsync(command, Chatter, cancellationToken))
        {
            yield return row;
        }
    }

    public async IAsyncEnumerable<ChatterView> ReadChattersOfAll(
        Interval? interval, long after, int? limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = await rollups.UserCommandAsync("ChattersOfAll", interval, cancellationToken);
        command.Parameters.Put("after", (long?)after);
        command.Parameters.Put("limit", (long?)limit);
        await foreach (var row in rollups.StreamAsync(command, Chatter, cancellationToken))
        {
            yield return row;
        }
    }

    public async Task<ChannelActivityPage> ListActivityAsync(
        IReadOnlyList<Interval> period,
        IReadOnlyList<Interval> before,
        bool onlyActive,
        int offset,
        int limit,
        CancellationToken cancellationToken)
    {
        var command = await ActivityCommandAsync(period, before, onlyActive, offset, limit, cancellationToken);
        var rows = await rollups.ListAsync(command, row => (Total: row.GetInt64(8), Channel: Activity(row)), cancellationToken);
        return rows.Count == 0 && offset > 0
            ? new ChannelActivityPage([], (await ListActivityAsync(period, before, onlyActive, 0, 1, cancellationToken)).Total)
            : new ChannelActivityPage([.. rows.Select(row => row.Channel)], rows.Count == 0 ? 0 : rows[0].Total);
    }

    public async IAsyncEnumerable<ChannelActivityView> ReadActivity(
        IReadOnlyList<Interval> period,
        IReadOnlyList<Interval> before,
        bool onlyActive,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = await ActivityCommandAsync(period, before, onlyActive, 0, null, cancellationToken);
        await foreach (var row in rollups.StreamAsync(command, Activity, cancellationToken))
        {
            yield return row;
        }
    }

    private async Task<NpgsqlCommand> ActivityCommandAsync(
        IReadOnlyList<Interval> period,
        IReadOnlyList<Interval> before,
        bool onlyActive,
        long offset,
        long? limit,
        CancellationToken cancellationToken)
    {
        var state = await rollups.ReadStateAsync(cancellationToken);
        var command = rollups.Command("ChannelActivity", state);
        var points = before.Select(interval => new PointInterval(0, interval))
            .Concat(period.Select(interval => new PointInterval(1, interval))).OrderBy(point => point.Interval.From);
        IntervalCover.Of(points, Rollups.ChannelReadResolutions, state.Watermark).AddTo(command.Parameters);
        command.Parameters.Put("only_active", (bool?)onlyActive);
        command.Parameters.Put("offset", (long?)offset);
        command.Parameters.Put("limit", limit);
        return command;
    }

    private static ChannelTotalsView Totals(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetBoolean(1),
        row.GetInt64(2),
        row.GetInt64(3),
        row.GetInt32(4),
        row.GetInt32(5),
        row.GetInt32(6),
        row.GetInt32(7),
        row.GetFieldValue<long[]>(8));

    private static ChatterView Chatter(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.Nullable<long>(1), row.GetInt64(2), row.GetInt64(3), row.Nullable<long>(4));

    private static ChannelActivityView Activity(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        (ChannelType)row.GetInt32(1),
        row.IsDBNull(2) ? null : row.GetString(2),
        row.IsDBNull(3) ? null : row.GetFieldValue<string[]>(3),
        row.GetDateTime(4),
        row.GetDateTime(5),
        row.GetInt64(6),
        row.GetInt64(7));
}
