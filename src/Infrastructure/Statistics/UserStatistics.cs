using System.Collections;
using System.Runtime.CompilerServices;
using ChatPlatform.Application.Statistics;
using ChatPlatform.Infrastructure.Persistence;
using ChatPlatform.Infrastructure.Statistics.Entities;
using Npgsql;

namespace ChatPlatform.Infrastructure.Statistics;

internal sealed class UserStatistics(RollupReader rollups, IMessageStatistics messageStatistics) : IUserStatistics
{
    public async IAsyncEnumerable<UserTotalsView> ReadTotals(
        Interval? interval, long after, int? limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = await rollups.UserCommandAsync("UserTotals", interval, cancellationToken);
        command.Parameters.Put("after", (long?)after);
        command.Parameters.Put("limit", (long?)limit);
        await foreach (var row in rollups.StreamAsync(
            command, row => new UserTotalsView(row.GetInt64(0), row.GetInt64(1), row.Nullable<long>(2)), cancellationToken))
        {
            yield return row;
        }
    }

    public async Task<Interval?> FindActiveExtentAsync(DateTime now, CancellationToken cancellationToken)
    {
        var messages = await messageStatistics.FindExtentAsync(cancellationToken);
        var command = rollups.Command("SELECT min(created_time) FROM user_sessions WHERE application_id = @application");
        var firsts = await rollups.ListAsync(command, row => row.IsDBNull(0) ? (DateTime?)null : row.GetDateTime(0), cancellationToken);
        if (firsts[0] is not { } first)
        {
            return messages;
        }

        var sessions = new Interval(first, first > now ? first : now);
        return messages is null
            ? sessions
            : new Interval(
                sessions.From < messages.Value.From ? sessions.From : messages.Value.From,
                sessions.To > messages.Value.To ? sessions.To : messages.Value.To);
    }

    public async Task<IReadOnlyDictionary<int, int>> CountActiveAsync(
        IReadOnlyList<PointInterval> points, DateTime now, CancellationToken cancellationToken)
    {
        var command = await ActiveCommandAsync("ActiveUsers", points, now, cancellationToken);
        return (await rollups.ListAsync(command, row => (row.GetInt32(0), row.GetInt32(1)), cancellationToken)).ToDictionary();
    }

    public async IAsyncEnumerable<(int Point, IReadOnlyList<long> UserIds)> ReadActive(
        IReadOnlyList<PointInterval> points, DateTime now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = await ActiveCommandAsync("ActiveUserIds", points, now, cancellationToken);
        var rows = rollups.StreamAsync(
            command, row => (Point: row.GetInt32(0), Chunk: row.GetInt64(1), Users: row.GetFieldValue<BitArray>(2)), cancellationToken);
        var (point, ids) = (int.MinValue, new List<long>());
        await foreach (var row in rows)
        {
            if (row.Point != point && ids.Count > 0)
            {
                yield return (point, ids);
                ids = [];
            }

            point = row.Point;
            for (var bit = 0; bit < row.Users.Length; bit++)
            {
                if (row.Users[bit])
                {
                    ids.Add((row.Chunk * Activity.UsersPerChunk) + bit);
                }
            }
        }

        if (ids.Count > 0)
        {
            yield return (point, ids);
        }
    }

    public async Task<Interval?> FindCreationExtentAsync(CancellationToken cancellationToken)
    {
        var command = rollups.Command("SELECT min(created_time), max(created_time) FROM users WHERE application_id = @application");
        var extents = await rollups.ListAsync(
            command, row => row.IsDBNull(0) ? (Interval?)null : new Interval(row.GetDateTime(0), row.GetDateTime(1)), cancellationToken);
        return extents[0];
    }

    public async Task<IReadOnlyList<DailyCount>> CountCreatedByDayAsync(
        IReadOnlyList<PointInterval> days, int firstOfPeriod, CancellationToken cancellationToken)
    {
        if (days.Count == 0)
        {
            return [];
        }

        var command = rollups.Command(EmbeddedSql.Get("UsersCreatedByDay"));
        command.Parameters.Add(new NpgsqlParameter<int[]>("days", MessageStatistics.DaysOf(days)));
        command.Parameters.Add(new NpgsqlParameter<int[]>("interval_day", [.. days.Select(day => day.Point)]));
        command.Parameters.Add(Parameters.Timestamps("interval_from", days.Select(day => day.Interval.From)));
        command.Parameters.Add(Parameters.Timestamps("interval_to", days.Select(day => day.Interval.To)));
        command.Parameters.Add(new NpgsqlParameter<int>("first_of_period", firstOfPeriod));
        return await rollups.ListAsync(command, MessageStatistics.Count, cancellationToken);
    }

    private async Task<NpgsqlCommand> ActiveCommandAsync(
        string name, IReadOnlyList<PointInterval> points, DateTime now, CancellationToken cancellationToken)
    {
        var state = await rollups.ReadStateAsync(cancellationToken);
        var command = rollups.Command(name, state);
        IntervalCover.Of(points, Rollups.Activity.Resolutions, state.Watermark).AddTo(command.Parameters);
        command.Parameters.Add(new NpgsqlParameter<int[]>("interval_point", [.. points.Select(p => p.Point)]));
        command.Parameters.Add(Parameters.Timestamps("interval_from", points.Select(p => p.Interval.From)));
        command.Parameters.Add(Parameters.Timestamps("interval_to", points.Select(p => p.Interval.To)));
        command.Parameters.Add(new NpgsqlParameter<DateTime>("now", now));
        return command;
    }
}
