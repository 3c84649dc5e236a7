using ChatPlatform.Application.Sessions;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;
using ChatPlatform.Infrastructure.Statistics;
using Npgsql;

namespace ChatPlatform.Infrastructure.Events;

/// <summary>Looks after the event log as a whole.</summary>
public sealed class EventLog(NpgsqlDataSource database, TimeProvider clock)
{
    private const int BatchSize = 5_000;

    /// <summary>
    /// Transaction numbers start anew in another cluster. Where a restored database holds numbers that this cluster has yet to give out,
    /// followers would wait for them for ages; so they are made old. Call it before anything reads or writes.
    /// </summary>
    /// <returns>Whether the log came from elsewhere.</returns>
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

    /// <summary>Removes what every follower has read and nobody may ask for any more.</summary>
    /// <param name="retention">How long events stay after they were written, read or not.</param>
    /// <returns>How many events went.</returns>
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

    /// <summary>Removes news of channels that are too old to be read, long before other events go.</summary>
    /// <returns>How many went.</returns>
    public async Task<int> ForgetNewsAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(EmbeddedSql.Get("ForgetNews"));
        command.Parameters.Add(new NpgsqlParameter<DateTime>("older_than", clock.UtcNow() - IChannelNews.Kept));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
