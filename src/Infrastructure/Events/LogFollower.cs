using ChatPlatform.Application.Sessions;
using ChatPlatform.Infrastructure.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace ChatPlatform.Infrastructure.Events;

/// <summary>
/// Reads the event log in batches, on one server at a time. One transaction stores the results of a batch and the new position, so each
/// event is processed exactly once.
/// </summary>
/// <param name="name">The key of the stored position.</param>
/// <param name="lockKey">The advisory lock of the server that reads.</param>
internal sealed class LogFollower(NpgsqlDataSource database, string name, long lockKey, int batchSize)
{
    /// <summary>Stores a position at the end of the log unless there is one. The follower does not see earlier events.</summary>
    public Task RegisterAsync(CancellationToken cancellationToken) => RunAsync(
        """
        INSERT INTO follower_positions (name, xid, event_id) VALUES ($1, pg_snapshot_xmin(pg_current_snapshot()), 0)
        ON CONFLICT (name) DO NOTHING
        """,
        cancellationToken);

    /// <summary>Deletes the position, so that the log is not kept for this follower.</summary>
    public Task UnregisterAsync(CancellationToken cancellationToken) =>
        RunAsync("DELETE FROM follower_positions WHERE name = $1", cancellationToken);

    /// <summary>Processes all events that can be read now. Later events wait for the next call.</summary>
    public async Task FollowAsync(Func<NpgsqlConnection, LogBatch, Task> work, CancellationToken cancellationToken)
    {
        while (await FollowBatchAsync(work, cancellationToken))
        {
        }
    }

    /// <returns>Whether there is more.</returns>
    private async Task<bool> FollowBatchAsync(Func<NpgsqlConnection, LogBatch, Task> work, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var tryLock = new NpgsqlCommand($"SELECT pg_try_advisory_xact_lock({lockKey})", connection);
        if (await tryLock.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return false;
        }

        // After the lock, so that the snapshot contains the position of the last holder.
        var from = await ReadPositionAsync(connection, cancellationToken);
        if (await ReadNextAsync(connection, from, cancellationToken) is not var (to, events))
        {
            return false;
        }

        await work(connection, new LogBatch(from, to));
        await using var advance = new NpgsqlCommand("UPDATE follower_positions SET xid = $1, event_id = $2 WHERE name = $3", connection)
        {
            Parameters =
            {
                new() { Value = to.Transaction, NpgsqlDbType = NpgsqlDbType.Xid8 },
                new() { Value = to.Event },
                new() { Value = name },
            },
        };
        await advance.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return events == batchSize;
    }

    private async Task<LogPosition> ReadPositionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO follower_positions (name, xid, event_id) VALUES ($1, '0', 0)
            ON CONFLICT (name) DO UPDATE SET name = excluded.name
            RETURNING xid, event_id
            """,
            connection)
        {
            Parameters = { new() { Value = name } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new LogPosition(reader.GetFieldValue<ulong>(0), reader.GetInt64(1));
    }

    /// <returns>The last position of the batch and its number of events; null if there are none.</returns>
    private async Task<(LogPosition To, long Events)?> ReadNextAsync(
        NpgsqlConnection connection, LogPosition from, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(EmbeddedSql.Get("NextBatch"), connection)
        {
            Parameters =
            {
                new("xid", NpgsqlDbType.Xid8) { Value = from.Transaction },
                new("event_id", from.Event),
                new("limit", batchSize),
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (new LogPosition(reader.GetFieldValue<ulong>(0), reader.GetInt64(1)), reader.GetInt64(2))
            : null;
    }

    private async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = name });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>The events after the first position up to and including the second, in commit order.</summary>
internal sealed record LogBatch(LogPosition From, LogPosition To)
{
    /// <summary><c>@from_xid, @from_id, @to_xid, @to_id</c> of a statement.</summary>
    public NpgsqlParameter[] Parameters =>
    [
        new("from_xid", NpgsqlDbType.Xid8) { Value = From.Transaction },
        new("from_id", From.Event),
        new("to_xid", NpgsqlDbType.Xid8) { Value = To.Transaction },
        new("to_id", To.Event),
    ];
}
