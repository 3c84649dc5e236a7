using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;
using Npgsql;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>
/// Builds coarser buckets of past hours and days, once each, so that a report over years reads few rows. The fold adds late events to the
/// coarser buckets that exist.
/// </summary>
public sealed class StatisticsCompaction(NpgsqlDataSource database, TimeProvider clock)
{
    private const int BucketsPerTransaction = Resolution.SixtyFourDays;

    /// <summary>Builds the buckets that ended more than an hour ago, so that few events are late. One server at a time works.</summary>
    public async Task CompactAsync(CancellationToken cancellationToken)
    {
        var target = BucketGrid.AlignDown(BucketGrid.BucketOf(clock.UtcNow()) - Resolution.Hour, Resolution.Hour);
        while (await CompactStepAsync(target, cancellationToken))
        {
        }
    }

    /// <returns>Whether there is more to do.</returns>
    private async Task<bool> CompactStepAsync(int target, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await RollupLock.TryAcquireAsync(connection, cancellationToken))
        {
            return false;
        }

        var (watermark, firstBucket) = await ReadStateAsync(connection, cancellationToken);
        if (watermark >= target)
        {
            return false;
        }

        // There is nothing to sum up before the first bucket.
        var from = Math.Max(watermark, Math.Min(target, BucketGrid.AlignDown(firstBucket, BucketsPerTransaction)));
        var to = Math.Min(target, BucketGrid.AlignDown(from, BucketsPerTransaction) + BucketsPerTransaction);
        await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        foreach (var compaction in Rollups.All.SelectMany(rollup => rollup.Compactions))
        {
            var (first, end) = (BucketGrid.AlignDown(from, compaction.Resolution), BucketGrid.AlignDown(to, compaction.Resolution));
            if (first < end)
            {
                batch.BatchCommands.Add(Command(compaction, first, end));
            }
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("UPDATE rollup_state SET watermark = $1") { Parameters = { new() { Value = to } } });
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return to < target;
    }

    private static NpgsqlBatchCommand Command(Compaction compaction, int first, int end)
    {
        var command = new NpgsqlBatchCommand(EmbeddedSql.Get(compaction.Statement))
        {
            Parameters =
            {
                new NpgsqlParameter<int>("resolution", compaction.Resolution),
                new NpgsqlParameter<int>("first", first),
                new NpgsqlParameter<int>("end", end),
            },
        };
        if (compaction.Source is { } source)
        {
            command.Parameters.Add(new NpgsqlParameter<int>("source_resolution", source));
        }

        return command;
    }

    private static async Task<(int Watermark, int FirstBucket)> ReadStateAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT watermark, first_bucket FROM rollup_state", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt32(0), reader.GetInt32(1));
    }
}
