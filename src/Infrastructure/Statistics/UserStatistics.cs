using System.Collections;
using System.Runtime.CompilerServices;
using ChatPlatform.Application.Statistics;
using ChatPlatform.Infrastructure.Statistics.Rollups;
using Npgsql;

namespace ChatPlatform.Infrastructure.Statistics;

internal sealed class UserStatistics(RollupReader rollups, IMessageStatistics messageStatistics) : IUserStatistics
{
    public async IAsyncEnumerable<UserTotalsView> ReadTotals(
        Interval? interval, long after, int? limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = await rollups.PeriodCommandAsync("UserTotals", interval, cancellationToken);
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
        IReadOnlyList<BucketInterval> buckets, DateTime now, CancellationToken cancellationToken)
    {
        var command = await ActiveCommandAsync("ActiveUsers", buckets, now, cancellationToken);
        return (await rollups.ListAsync(command, row => (row.GetInt32(0), row.GetInt32(1)), cancellationToken)).ToDictionary();
    }

    public async IAsyncEnumerable<(int Bucket, IReadOnlyList<long> UserIds)> ReadActive(
        IReadOnlyList<BucketInterval> buckets, DateTime now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = await ActiveCommandAsync("ActiveUserIds", buckets, now, cancellationToken);
        var rows = rollups.StreamAsync(
            command, row => (Bucket: row.GetInt32(0), Chunk: row.GetInt64(1), Users: row.GetFieldValue<BitArray>(2)), cancellationToken);
        var (bucket, ids) = (int.MinValue, new List<long>());
        await foreach (var row in rows)
        {
            if (row.Bucket != bucket && ids.Count > 0)
            {
                yield return (bucket, ids);
                ids = [];
            }

            bucket = row.Bucket;
            for (var place = 0; place < row.Users.Length; place++)
            {
                if (row.Users[place])
                {
                    ids.Add((row.Chunk * Activity.ChunkSize) + place);
                }
            }
        }

        if (ids.Count > 0)
        {
            yield return (bucket, ids);
        }
    }

    public async Task<Interval?> FindCreationExtentAsync(CancellationToken cancellationToken)
    {
        var command = rollups.Command("SELECT min(created_time), max(created_time) FROM users WHERE application_id = @application");
        var extents = await rollups.ListAsync(
            command, row => row.IsDBNull(0) ? (Interval?)null : new Interval(row.GetDateTime(0), row.GetDateTime(1)), cancellationToken);
        return extents[0];
    }

    public async Task<IReadOnlyList<DayFigure>> CountCreatedByDayAsync(
        IReadOnlyList<BucketInterval> days, int firstOfPeriod, CancellationToken cancellationToken)
    {
        if (days.Count == 0)
        {
            return [];
        }

        var command = rollups.Command(Sql.Get("UsersCreatedByDay"));
        command.Parameters.Add(new NpgsqlParameter<int[]>("days", [.. days.Select(day => day.Bucket)]));
        command.Parameters.Add(Parameters.Of("day_from", [.. days.Select(day => day.Interval.From), days[^1].Interval.To]));
        command.Parameters.Add(new NpgsqlParameter<int>("first_of_period", firstOfPeriod));
        return await rollups.ListAsync(command, MessageStatistics.Figure, cancellationToken);
    }

    private async Task<NpgsqlCommand> ActiveCommandAsync(
        string name, IReadOnlyList<BucketInterval> buckets, DateTime now, CancellationToken cancellationToken)
    {
        var reach = await rollups.ReachAsync(cancellationToken);
        var command = rollups.Command(name, reach);
        BlockPlan.Of(buckets, Slots.ActivitySpans, reach.Watermark).AddTo(command.Parameters);
        command.Parameters.Add(new NpgsqlParameter<int[]>("bucket_number", [.. buckets.Select(b => b.Bucket)]));
        command.Parameters.Add(Parameters.Of("bucket_from", buckets.Select(b => b.Interval.From)));
        command.Parameters.Add(Parameters.Of("bucket_to", buckets.Select(b => b.Interval.To)));
        command.Parameters.Add(new NpgsqlParameter<DateTime>("now", now));
        return command;
    }
}
