using ChatPlatform.Application.Statistics;
using ChatPlatform.Domain.Channels;
using Npgsql;

namespace ChatPlatform.Infrastructure.Statistics;

internal sealed class MessageStatistics(RollupReader rollups) : IMessageStatistics
{
    public async Task<Interval?> FindExtentAsync(CancellationToken cancellationToken)
    {
        var command = rollups.Command("MessageExtent", await rollups.ReadStateAsync(cancellationToken));
        var extent = await rollups.ListAsync(
            command,
            row => row.IsDBNull(0) ? (Interval?)null
                : new Interval(BucketGrid.StartOf(row.GetInt32(0)), BucketGrid.StartOf(row.GetInt32(1) + 1)),
            cancellationToken);
        return extent[0];
    }

    public async Task<IReadOnlyList<DailyCount>> CountByDayAsync(
        IReadOnlyList<PointInterval> days, int firstOfPeriod, CancellationToken cancellationToken)
    {
        var command = await CommandAsync("MessagesByDay", Rollups.TypeCounts.Resolutions, days, cancellationToken);
        command.Parameters.Add(new NpgsqlParameter<int[]>("days", DaysOf(days)));
        command.Parameters.Add(new NpgsqlParameter<int>("first_of_period", firstOfPeriod));
        return await rollups.ListAsync(command, Count, cancellationToken);
    }

    public async Task<IReadOnlyDictionary<ChannelType, long>> CountByTypeAsync(
        IReadOnlyList<Interval> period, CancellationToken cancellationToken)
    {
        var command = await CommandAsync(
            "MessagesByType", Rollups.TypeCounts.Resolutions, PointsOf(0, period), cancellationToken);
        var types = await rollups.ListAsync(command, row => ((ChannelType)row.GetInt32(0), row.GetInt64(1)), cancellationToken);
        return types.ToDictionary();
    }

    public async Task<IReadOnlyList<PopularChannelView>> ListPopularAsync(
        IReadOnlyList<Interval> period, int limit, CancellationToken cancellationToken)
    {
        var command = await CommandAsync(
            "PopularChannels", Rollups.ChannelReadResolutions, PointsOf(1, period), cancellationToken);
        command.Parameters.Put("limit", (long?)limit);
        return await rollups.ListAsync(command, Popular, cancellationToken);
    }

    /// <summary>Each day once, ascending, although a day may have several intervals.</summary>
    internal static int[] DaysOf(IReadOnlyList<PointInterval> days) => [.. days.Select(day => day.Point).Distinct().Order()];

    internal static DailyCount Count(NpgsqlDataReader row) => new(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));

    private static List<PointInterval> PointsOf(int point, IReadOnlyList<Interval> period) =>
        [.. period.Select(interval => new PointInterval(point, interval))];

    private async Task<NpgsqlCommand> CommandAsync(
        string name, int[] resolutions, IReadOnlyList<PointInterval> points, CancellationToken cancellationToken)
    {
        var state = await rollups.ReadStateAsync(cancellationToken);
        var command = rollups.Command(name, state);
        IntervalCover.Of(points, resolutions, state.Watermark).AddTo(command.Parameters);
        return command;
    }

    private static PopularChannelView Popular(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        (ChannelType)row.GetInt32(1),
        row.IsDBNull(2) ? null : row.GetString(2),
        row.IsDBNull(3) ? null : row.GetFieldValue<string[]>(3),
        row.GetInt64(4));
}
