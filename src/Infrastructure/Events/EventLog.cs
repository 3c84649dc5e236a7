using ChatPlatform.Application.Sessions;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;
using ChatPlatform.Infrastructure.Statistics;
using Npgsql;

namespace ChatPlatform.Infrastructure.Events;

public sealed class EventLog(NpgsqlDataSource database, TimeProvider clock)
{
    private const int BatchSize = 5_000;

    /// <summary>
    /// Renumbers a log that was restored into another cluster, and lets arrivals go on above the stored ones. The stored transaction ids
    /// can be ahead of this cluster's: followers would wait for them. Must run before anything reads or writes.
    /// </summary>
    /// <returns>Whether the log came from another cluster.</returns>
    public async Task<bool> AdoptAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RollupLock.AcquireAsync(connection, cancellationToken);
        await using var check = new NpgsqlCommand(
            """
            SELECT EXISTS (SELECT FROM follower_positions WHERE xid > pg_snapshot_xmax(pg_current_snapshot()))
              OR EXISTS (SELECT FROM events WHERE xid > pg_snapshot_xmax(pg_current_snapshot()))
            """,
            connection);
        if (await check.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return false;
        }

        await using var adopt = new NpgsqlCommand(EmbeddedSql.Get("AdoptEvents"), connection) { CommandTimeout = 0 };
        await adopt.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Deletes events that all followers have read and that are older than the retention.</summary>
    /// <param name="retention">The minimum time that an event is kept, read or not.</param>
    /// <returns>The number of deleted events.</returns>
    public async Task<long> TrimAsync(TimeSpan retention, CancellationToken cancellationToken)
    {
        long trimmed = 0;
        int batch;
        do
        {
            await using var command = database.CreateCommand(EmbeddedSql.Get("TrimEvents"));
            command.Parameters.Add(new NpgsqlParameter<DateTime>("older_than", clock.UtcNow() - retention));
            command.Parameters.Add(new NpgsqlParameter<int>("limit", BatchSize));
            batch = await command.ExecuteNonQueryAsync(cancellationToken);
            trimmed += batch;
        }
        while (batch == BatchSize);
        return trimmed;
    }

    /// <summary>Deletes ephemeral events that can no longer be read, long before the retention of other events ends.</summary>
    /// <returns>The number of deleted events.</returns>
    public async Task<int> TrimEphemeralAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(EmbeddedSql.Get("TrimEphemeralEvents"));
        command.Parameters.Add(new NpgsqlParameter<DateTime>("older_than", clock.UtcNow() - IEphemeralEvents.Retention));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
