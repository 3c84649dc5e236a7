using Npgsql;
using NpgsqlTypes;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>
/// Adds what happened to the rollups: reads the event log in commit order and moves the rollups and the place in the log in one
/// transaction. Any number of servers may call it; one at a time gets to work.
/// </summary>
public sealed class StatisticsFold(NpgsqlDataSource database)
{
    public const string Follower = "statistics";

    private const int BatchSize = 5_000;
    private const int SessionBatchSize = 1_000;

    private static readonly string[] Steps =
    [
        "FoldChannelTotals", "FoldUserTotals", "FoldPeople", "FoldChannelCounts", "FoldChannelRunningCounts", "FoldTypeCounts",
        "FoldUserCounts", "FoldChannelUserCounts", "FoldForgotten", "FoldDepartures", "FoldActivity", "FoldPosition",
    ];

    /// <summary>Folds all events that may be read now.</summary>
    /// <returns>How many; fewer than were written while a transaction that is older than them is still open, or while another folds.</returns>
    public async Task<long> FoldAsync(CancellationToken cancellationToken)
    {
        long folded = 0, events;
        do
        {
            events = await FoldBatchAsync(cancellationToken);
            folded += events;
        }
        while (events == BatchSize); // Under load there are some more each time; they wait for the next look, as reads count them anyway.

        return folded;
    }

    /// <summary>Counts the sessions that have ended.</summary>
    /// <returns>How many.</returns>
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
        if (!await RollupLock.TryTakeAsync(connection, cancellationToken))
        {
            return 0;
        }

        var watermark = (await ReadPositionAsync(connection, cancellationToken)).Watermark;
        await using var command = new NpgsqlCommand(Sql.Get("FoldSessions"), connection)
        {
            Parameters =
            {
                new NpgsqlParameter<int[]>("spans", Slots.ActivitySpans),
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
        if (!await RollupLock.TryTakeAsync(connection, cancellationToken))
        {
            return 0;
        }

        // Only after the lock: what the last holder left must be in the snapshot.
        var from = await ReadPositionAsync(connection, cancellationToken);
        if (await ReadBatchAsync(connection, from, cancellationToken) is not { } batch)
        {
            return 0;
        }

        await using var fold = new NpgsqlBatch(connection);
        foreach (var step in Steps)
        {
            fold.BatchCommands.Add(Command(step, from, batch));
        }

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
        await using var command = new NpgsqlCommand(Sql.Get("NextBatch"), connection)
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

    private static NpgsqlBatchCommand Command(string step, Position from, Batch batch)
    {
        var command = new NpgsqlBatchCommand(Sql.Get(step))
        {
            Parameters =
            {
                new("from_xid", NpgsqlDbType.Xid8) { Value = from.Xid },
                new("from_id", from.EventId),
                new("to_xid", NpgsqlDbType.Xid8) { Value = batch.Xid },
                new("to_id", batch.EventId),
                new NpgsqlParameter<int>("watermark", from.Watermark),
            },
        };
        int[]? spans = step switch
        {
            "FoldChannelCounts" => Slots.ChannelSpans,
            "FoldChannelRunningCounts" => Slots.RunningSpans,
            "FoldTypeCounts" => Slots.TypeSpans,
            "FoldUserCounts" or "FoldChannelUserCounts" => Slots.UserSpans,
            "FoldDepartures" or "FoldActivity" => Slots.ActivitySpans,
            _ => null,
        };
        if (spans is not null)
        {
            command.Parameters.Add(new NpgsqlParameter<int[]>("spans", spans));
        }

        return command;
    }

    private sealed record Position(ulong Xid, long EventId, int Watermark);

    private sealed record Batch(ulong Xid, long EventId, long Events);
}
