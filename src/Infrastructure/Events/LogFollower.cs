using ChatPlatform.Application.Sessions;
using ChatPlatform.Infrastructure.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace ChatPlatform.Infrastructure.Events;

/// <summary>
/// Follows the event log in batches. What is made of a batch and the follower's place in the log are stored by one transaction, so that
/// nothing is left out or made twice; one server at a time does it.
/// </summary>
/// <param name="name">Of the follower's place.</param>
/// <param name="lockKey">Of the advisory lock by which servers take turns.</param>
internal sealed class LogFollower(NpgsqlDataSource database, string name, long lockKey, int batchSize)
{
    /// <summary>Takes a place at the end of the log, unless it has one: what happened before is not for this follower.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => RunAsync(
        """
        INSERT INTO follower_positions (name, xid, event_id) VALUES ($1, pg_snapshot_xmin(pg_current_snapshot()), 0)
        ON CONFLICT (name) DO NOTHING
        """,
        cancellationToken);

    /// <summary>Gives the place up: the log is kept until all who have one have read it.</summary>
    public Task LeaveAsync(CancellationToken cancellationToken) =>
        RunAsync("DELETE FROM follower_positions WHERE name = $1", cancellationToken);

    /// <summary>Works off all events that may be read now; those that come meanwhile wait for the next call.</summary>
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
        await using var turn = new NpgsqlCommand($"SELECT pg_try_advisory_xact_lock({lockKey})", connection);
        if (await turn.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return false;
        }

        // Only after the lock: what the last holder left must be in the snapshot.
        var from = await ReadPlaceAsync(connection, cancellationToken);
        if (await ReadNextAsync(connection, from, cancellationToken) is not var (to, events))
        {
            return false;
        }

        await work(connection, new LogBatch(from, to));
        await using var reach = new NpgsqlCommand("UPDATE follower_positions SET xid = $1, event_id = $2 WHERE name = $3", connection)
        {
            Parameters =
            {
                new() { Value = to.Transaction, NpgsqlDbType = NpgsqlDbType.Xid8 },
                new() { Value = to.Event },
                new() { Value = name },
            },
        };
        await reach.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return events == batchSize;
    }

    private async Task<LogPlace> ReadPlaceAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
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
        return new LogPlace(reader.GetFieldValue<ulong>(0), reader.GetInt64(1));
    }

    /// <returns>The batch's last place, and how many events it has; null when there are none.</returns>
    private async Task<(LogPlace To, long Events)?> ReadNextAsync(NpgsqlConnection connection, LogPlace from, CancellationToken cancellationToken)
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
            ? (new LogPlace(reader.GetFieldValue<ulong>(0), reader.GetInt64(1)), reader.GetInt64(2))
            : null;
    }

    private async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = name });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>The events after the first place up to the second, in the order of commits.</summary>
internal sealed record LogBatch(LogPlace From, LogPlace To)
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
