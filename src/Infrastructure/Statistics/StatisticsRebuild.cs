using System.Runtime.CompilerServices;
using ChatPlatform.Infrastructure.Persistence;
using ChatPlatform.Infrastructure.Statistics.Entities;
using Npgsql;
using NpgsqlTypes;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>
/// Recounts the rollups from the messages, members and sessions while servers keep working. Each transaction replaces a range of channels,
/// users or buckets by its state at the position of the fold. It may be cancelled at any time and run again.
/// </summary>
public sealed class StatisticsRebuild(NpgsqlDataSource database, StatisticsCompaction compaction)
{
    private const int BucketsPerTransaction = Resolution.SixtyFourDays;

    private const int IdsPerTransaction = 500;

    private static readonly (long After, long UpTo) AllIds = (long.MinValue, long.MaxValue);

    private static readonly (int First, int End) AllBuckets = (BucketGrid.MinBucket, BucketGrid.MaxBucket);

    /// <param name="applicationId">Null rebuilds all applications.</param>
    /// <returns>A line of text after each transaction.</returns>
    public async IAsyncEnumerable<string> RebuildAsync(
        long? applicationId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<long> applications;
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            applications = await Tenants.ListAsync(connection, applicationId, cancellationToken);
        }

        foreach (var application in applications)
        {
            // Channels first: the type counts read the types from their totals.
            await foreach (var ids in IdRangesAsync("channels", application, cancellationToken))
            {
                await RebuildAsync(RebuildScope.Channels, application, ids, AllBuckets, cancellationToken);
                yield return $"application {application}: channels up to {Text(ids.UpTo)}";
            }

            await foreach (var ids in IdRangesAsync("users", application, cancellationToken))
            {
                await RebuildAsync(RebuildScope.Users, application, ids, AllBuckets, cancellationToken);
                yield return $"application {application}: users up to {Text(ids.UpTo)}";
            }

            var (first, end) = await ReadExtentAsync(application, cancellationToken);
            for (var from = BucketGrid.AlignDown(first, BucketsPerTransaction); from < end; from += BucketsPerTransaction)
            {
                await RebuildAsync(RebuildScope.Buckets, application, AllIds, (from, from + BucketsPerTransaction), cancellationToken);
                yield return $"application {application}: up to {BucketGrid.StartOf(from + BucketsPerTransaction):yyyy-MM-dd}";
            }

            // These are summed up from the buckets.
            const int step = ChannelRunningCounts.Checkpoint;
            for (var from = BucketGrid.AlignDown(first, step); from < end; from += step)
            {
                await RebuildAsync(RebuildScope.RunningCounts, application, AllIds, (from, from + step), cancellationToken);
                yield return $"application {application}: running counts from {BucketGrid.StartOf(from):yyyy-MM-dd} on";
            }
        }

        await compaction.CompactAsync(cancellationToken);
    }

    private async IAsyncEnumerable<(long After, long UpTo)> IdRangesAsync(
        string table, long application, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = long.MinValue; after < long.MaxValue;)
        {
            await using var next = database.CreateCommand(
                $"SELECT id FROM {table} WHERE application_id = $1 AND id > $2 ORDER BY id OFFSET {IdsPerTransaction - 1} LIMIT 1");
            next.Parameters.Add(new() { Value = application });
            next.Parameters.Add(new() { Value = after });

            // The last range has no upper bound, because rollups may contain deleted channels and users.
            var upTo = await next.ExecuteScalarAsync(cancellationToken) as long? ?? long.MaxValue;
            yield return (after, upTo);
            after = upTo;
        }
    }

    private async Task RebuildAsync(
        RebuildScope scope,
        long application,
        (long After, long UpTo) ids,
        (int First, int End) buckets,
        CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RollupLock.AcquireAsync(connection, cancellationToken);
        await using var batch = new NpgsqlBatch(connection) { Timeout = 0 };
        foreach (var rollup in Rollups.All.Where(rollup => rollup.Rebuild.Scope == scope))
        {
            if (rollup.Rebuild.Delete is { } condition)
            {
                batch.BatchCommands.Add(Command(
                    $"DELETE FROM {rollup.Table} WHERE application_id = @application AND {condition}", rollup, application, ids, buckets));
            }

            batch.BatchCommands.Add(Command(EmbeddedSql.Get(rollup.Rebuild.Statement), rollup, application, ids, buckets));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand Command(
        string sql, Rollup rollup, long application, (long After, long UpTo) ids, (int First, int End) buckets) => new(sql)
        {
            Parameters =
            {
                new NpgsqlParameter<long>("application", application),
                new NpgsqlParameter("folded_xid", NpgsqlDbType.Xid8) { Value = 0UL },
                new NpgsqlParameter<int[]>("resolutions", rollup.Resolutions),
                new NpgsqlParameter<long>("after", ids.After),
                new NpgsqlParameter<long>("up_to", ids.UpTo),
                new NpgsqlParameter<int>("first", buckets.First),
                new NpgsqlParameter<int>("end", buckets.End),
            },
        };

    /// <summary>Also deletes running counts outside the extent: later, they may be counts of older messages imported meanwhile.</summary>
    private async Task<(int First, int End)> ReadExtentAsync(long application, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RollupLock.AcquireAsync(connection, cancellationToken);
        await using var command = new NpgsqlCommand(EmbeddedSql.Get("RebuildExtent"), connection) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<long>("application", application));
        var (first, end) = await RollupReader
            .RowsAsync(command, row => row.IsDBNull(0) ? (0, 0) : (row.GetInt32(0), row.GetInt32(1)), cancellationToken)
            .FirstAsync(cancellationToken);
        await using var delete = new NpgsqlCommand(
            "DELETE FROM channel_running_counts WHERE application_id = $1 AND (start + resolution <= $2 OR start >= $3)", connection)
        {
            CommandTimeout = 0,
            Parameters = { new() { Value = application }, new() { Value = first }, new() { Value = end } },
        };
        await delete.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (first, end);
    }

    private static string Text(long upTo) => upTo == long.MaxValue ? "the last" : $"{upTo}";
}
