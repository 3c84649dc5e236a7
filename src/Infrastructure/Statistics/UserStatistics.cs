using System.Runtime.CompilerServices;
using ChatPlatform.Application.Statistics;
using Npgsql;

namespace ChatPlatform.Infrastructure.Statistics;

internal sealed class UserStatistics(RollupReader rollups) : IUserStatistics
{
    public async IAsyncEnumerable<UserTotalsView> ReadTotals(
        Interval? interval, long after, int? limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var command = rollups.Command("UserTotals", await rollups.ReachAsync(cancellationToken));
        command.Parameters.Put(interval);
        command.Parameters.Put("after", (long?)after);
        command.Parameters.Put("limit", (long?)limit);
        await foreach (var row in RollupReader.StreamAsync(
            command, row => new UserTotalsView(row.GetInt64(0), row.GetInt64(1), row.Nullable<long>(2)), cancellationToken))
        {
            yield return row;
        }
    }

    public async Task<IReadOnlyDictionary<int, int>> CountActiveAsync(
        IReadOnlyList<BucketInterval> buckets, DateTime now, CancellationToken cancellationToken)
    {
        var reach = await rollups.ReachAsync(cancellationToken);
        var command = rollups.Command("ActiveUsers", reach);
        BlockPlan.Of(buckets, Slots.ActivitySpans, reach.Watermark).AddTo(command.Parameters);
        command.Parameters.Add(new NpgsqlParameter<int[]>("bucket_number", [.. buckets.Select(b => b.Bucket)]));
        command.Parameters.Add(new NpgsqlParameter<DateTime[]>("bucket_from", [.. buckets.Select(b => b.Interval.From)]));
        command.Parameters.Add(new NpgsqlParameter<DateTime[]>("bucket_to", [.. buckets.Select(b => b.Interval.To)]));
        command.Parameters.Add(new NpgsqlParameter<DateTime>("now", now));

        var users = new Dictionary<int, int>();
        await foreach (var (bucket, count) in RollupReader.StreamAsync(
            command, row => (row.GetInt32(0), row.GetInt32(1)), cancellationToken))
        {
            users.Add(bucket, count);
        }

        return users;
    }
}
