using ChatPlatform.Application.Statistics;
using ChatPlatform.Domain.Channels;
using Npgsql;

namespace ChatPlatform.Infrastructure.Statistics;

internal sealed class MessageStatistics(RollupReader rollups) : IMessageStatistics
{
    public async Task<Interval?> FindExtentAsync(CancellationToken cancellationToken)
    {
        var command = rollups.Command("MessageExtent", await rollups.ReachAsync(cancellationToken));
        var extent = await rollups.ListAsync(
            command,
            row => row.IsDBNull(0) ? (Interval?)null : new Interval(Slots.Begin(row.GetInt32(0)), Slots.Begin(row.GetInt32(1) + 1)),
            cancellationToken);
        return extent[0];
    }

    public async Task<IReadOnlyList<DayFigure>> CountByDayAsync(
        IReadOnlyList<BucketInterval> days, int firstOfPeriod, CancellationToken cancellationToken)
    {
        var command = await CommandAsync("MessagesByDay", Slots.TypeSpans, days, cancellationToken);
        command.Parameters.Add(new NpgsqlParameter<int[]>("days", [.. days.Select(day => day.Bucket)]));
        command.Parameters.Add(new NpgsqlParameter<int>("first_of_period", firstOfPeriod));
        return await rollups.ListAsync(command, Figure, cancellationToken);
    }

    public async Task<IReadOnlyDictionary<ChannelType, long>> CountByTypeAsync(Interval interval, CancellationToken cancellationToken)
    {
        var command = await CommandAsync("MessagesByType", Slots.TypeSpans, [new BucketInterval(0, interval)], cancellationToken);
        var types = await rollups.ListAsync(command, row => ((ChannelType)row.GetInt32(0), row.GetInt64(1)), cancellationToken);
        return types.ToDictionary();
    }

    public async Task<IReadOnlyList<PopularChannelView>> ListPopularAsync(Interval interval, int limit, CancellationToken cancellationToken)
    {
        var command = await CommandAsync("PopularChannels", Slots.ChannelSpansToRead, [new BucketInterval(1, interval)], cancellationToken);
        command.Parameters.Put("limit", (long?)limit);
        return await rollups.ListAsync(command, Popular, cancellationToken);
    }

    internal static DayFigure Figure(NpgsqlDataReader row) => new(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));

    private async Task<NpgsqlCommand> CommandAsync(
        string name, int[] spans, IReadOnlyList<BucketInterval> buckets, CancellationToken cancellationToken)
    {
        var reach = await rollups.ReachAsync(cancellationToken);
        var command = rollups.Command(name, reach);
        BlockPlan.Of(buckets, spans, reach.Watermark).AddTo(command.Parameters);
        return command;
    }

    private static PopularChannelView Popular(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        (ChannelType)row.GetInt32(1),
        row.IsDBNull(2) ? null : row.GetString(2),
        row.IsDBNull(3) ? null : row.GetFieldValue<string[]>(3),
        row.GetInt64(4));
}
