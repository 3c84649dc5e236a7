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
        var command = rollups.Command("ChannelTotals", await rollups.ReachAsync(cancellationToken));
        command.Parameters.Put("channel", filter.ChannelId);
        command.Parameters.Put("active", filter.Active);
        command.Parameters.Put("after", (long?)filter.After);
        command.Parameters.Put("limit", (long?)filter.Limit);
        await foreach (var row in RollupReader.StreamAsync(command, Totals, cancellationToken))
        {
            yield return row;
        }
    }

    public async IAsyncEnumerable<ChatterView> ReadChatters(
        long channelId, Interval? interval, long after, int? limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = await rollups.PeriodCommandAsync("Chatters", interval, cancellationToken);
        command.Parameters.Put("channel", (long?)channelId);
        command.Parameters.Put("after", (long?)after);
        command.Parameters.Put("limit", (long?)limit);
        await foreach (var row in RollupReader.StreamAsync(command, Chatter, cancellationToken))
        {
            yield return row;
        }
    }

    public async IAsyncEnumerable<ChatterView> ReadChattersOfAll(
        Interval? interval, long after, int? limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = await rollups.PeriodCommandAsync("ChattersOfAll", interval, cancellationToken);
        command.Parameters.Put("after", (long?)after);
        command.Parameters.Put("limit", (long?)limit);
        await foreach (var row in RollupReader.StreamAsync(command, Chatter, cancellationToken))
        {
            yield return row;
        }
    }

    public async Task<ChannelActivityPage> ListActivityAsync(
        Interval interval, Interval before, bool onlyActive, int offset, int limit, CancellationToken cancellationToken)
    {
        var reach = await rollups.ReachAsync(cancellationToken);
        await using var command = rollups.Command("ChannelActivity", reach);
        Interval[] periods = [before, interval];
        BlockPlan.Of(periods.Select((period, bucket) => new BucketInterval(bucket, period)), Slots.ChannelSpans, reach.Watermark)
            .AddTo(command.Parameters);
        command.Parameters.Put("only_active", (bool?)onlyActive);
        command.Parameters.Put("offset", (long?)offset);
        command.Parameters.Put("limit", (long?)limit);

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var channels = new List<ChannelActivityView>();
        long total = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            total = reader.GetInt64(8);
            if (!reader.IsDBNull(0))
            {
                channels.Add(Activity(reader));
            }
        }

        return new ChannelActivityPage(channels, total);
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
