using ChatPlatform.Infrastructure.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>
/// Adds the events of the log to the rollups, in commit order. Rollups and position in the log change in one transaction. Every server may
/// call it; the rollup lock lets one of them work.
/// </summary>
public sealed class StatisticsFold(NpgsqlDataSource database)
{
    public const string Follower = "statistics";

    private const int BatchSize = 5_000;
    private const int SessionBatchSize = 1_000;

    /// <summary>Folds all events that may be read now.</summary>
    /// <returns>The number of events. Events of transactions newer than a running one are not included.</returns>
    public async Task<long> FoldAsync(CancellationToken cancellationToken)
    {
        long folded = 0, events;
        do
        {
            events = await FoldBatchAsync(cancellationToken);
            folded += events;
        }
        while (events == BatchSize); // Otherwise it would never end under load. Reports count the remaining events anyway.

        return folded;
    }

    /// <summary>Counts sessions that have ended.</summary>
    /// <returns>The number of sessions.</returns>
    public async Task<long> FoldSessionsAsync(CancellationToken cancellationToken)
    {
        long folded = 0, sessions;
        do
        {
            sessions = await FoldSessionBatchAsync(cancellationToken);
            folded += sessions;
        }
        while (sessions == SessionBatchSize);

        return folded;
    }

    private async Task<long> FoldSessionBatchAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await RollupLock.TryAcquireAsync(connection, cancellationToken))
        {
            return 0;
        }

        var watermark = (await ReadPositionAsync(connection, cancellationToken)).Watermark;
        await using var command = new NpgsqlCommand(EmbeddedSql.Get("FoldSessions"), connection)
        {
            Parameters =
            {
                new NpgsqlParameter<int[]>("resolutions", Rollups.Activity.Resolutions),
                new NpgsqlParameter<int>("watermark", watermark),
                new NpgsqlParameter<int>("limit", SessionBatchSize),
            },
        };
        var sessions = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        await transaction.CommitAsync(cancellationToken);
        return sessions;
    }

    private async Task<long> FoldBatchAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (!await RollupLock.TryAcquireAsync(connection, cancellationToken))
        {
            return 0;
        }

        // After the lock, so that the snapshot contains the commit of the previous holder.
        var from = await ReadPositionAsync(connection, cancellationToken);
        if (await ReadBatchAsync(connection, from, cancellationToken) is not { } batch)
        {
            return 0;
        }

        await using var fold = new NpgsqlBatch(connection);
        foreach (var (statement, resolutions) in Rollups.All.SelectMany(rollup => rollup.Fold.Select(fold => (fold, rollup.Resolutions))))
        {
            fold.BatchCommands.Add(Command(statement, resolutions, from, batch));
        }

        fold.BatchCommands.Add(Command("FoldPosition", [], from, batch));
        await fold.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return batch.Events;
    }

    private static async Task<Position> ReadPositionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT p.xid, p.event_id, s.watermark FROM follower_positions p, rollup_state s WHERE p.name = $1", connection)
        {
            Parameters = { new() { Value = Follower } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            throw new InvalidOperationException("The rollups have no position in the event log.");
        }

        return new Position(reader.GetFieldValue<ulong>(0), reader.GetInt64(1), reader.GetInt32(2));
    }

    private static async Task<Batch?> ReadBatchAsync(NpgsqlConnection connection, Position from, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(EmbeddedSql.Get("NextBatch"), connection)
        {
            Parameters =
            {
                new("xid", NpgsqlDbType.Xid8) { Value = from.Xid },
                new("event_id", from.EventId),
                new("limit", BatchSize),
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new Batch(reader.GetFieldValue<ulong>(0), reader.GetInt64(1), reader.GetInt64(2))
            : null;
    }

    private static NpgsqlBatchCommand Command(string statement, int[] resolutions, Position from, Batch batch) =>
        new(EmbeddedSql.Get(statement))
        {
            Parameters =
            {
                new("from_xid", NpgsqlDbType.Xid8) { Value = from.Xid },
                new("from_id", from.EventId),
                new("to_xid", NpgsqlDbType.Xid8) { Value = batch.Xid },
                new("to_id", batch.EventId),
                new NpgsqlParameter<int>("watermark", from.Watermark),
                new NpgsqlParameter<int[]>("resolutions", resolutions),
            },
        };

    private sealed record Position(ulong Xid, long EventId, int Watermark);

    private sealed record Batch(ulong Xid, long EventId, long Events);
}
