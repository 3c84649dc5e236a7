using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Statistics;
using Npgsql;
using NpgsqlTypes;

namespace ChatPlatform.Infrastructure.ChatServices.Outbox;

/// <summary>
/// Follows the event log and queues what outside services are to be told, whoever changed the chat or its channel. The calls and the
/// place in the log are stored by one transaction, so that nothing is queued twice or left out.
/// </summary>
internal sealed class ChatFeed(NpgsqlDataSource database, IEnumerable<IChatService> services, TimeProvider clock)
{
    private const string Follower = "chats";
    private const long Lock = 0x4348_4154;
    private const int BatchSize = 1_000;

    private readonly Dictionary<string, IOutsideChatService> _services = services.OfType<IOutsideChatService>().ToDictionary(s => s.Name);

    /// <summary>
    /// Takes a place at the end of the log, unless it has one; without an outside service it gives its place up, since the log is kept
    /// until all who have one have read it. To be called before anything happens that is to be told.
    /// </summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        var isWanted = _services.Values.Any(service => service.IsConfigured);
        await using var command = database.CreateCommand(isWanted
            ? """
              INSERT INTO follower_positions (name, xid, event_id) VALUES ($1, pg_snapshot_xmin(pg_current_snapshot()), 0)
              ON CONFLICT (name) DO NOTHING
              """
            : "DELETE FROM follower_positions WHERE name = $1");
        command.Parameters.Add(new() { Value = Follower });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Queues for all events that may be read now.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (await FollowBatchAsync(cancellationToken))
        {
        }
    }

    private async Task<bool> FollowBatchAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var lockCommand = new NpgsqlCommand($"SELECT pg_try_advisory_xact_lock({Lock})", connection);
        if (await lockCommand.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return false;
        }

        // Only after the lock: what the last holder left must be in the snapshot.
        var from = await ReadPositionAsync(connection, cancellationToken);
        if (await ReadBatchAsync(connection, from, cancellationToken) is not { } to)
        {
            return false;
        }

        await using var batch = new NpgsqlBatch(connection);
        await foreach (var happened in ReadAsync(connection, from, to, cancellationToken))
        {
            var calls = ServiceCalls.For(happened, _services[happened.Service].MaxText);
            foreach (var command in calls.Select(call => Queue(happened, call)))
            {
                batch.BatchCommands.Add(command);
            }
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand("UPDATE follower_positions SET xid = $1, event_id = $2 WHERE name = $3")
        {
            Parameters =
            {
                new() { Value = to.Xid, NpgsqlDbType = NpgsqlDbType.Xid8 },
                new() { Value = to.EventId },
                new() { Value = Follower },
            },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private NpgsqlBatchCommand Queue(ChatHappening happened, ServiceCall call) => new(
        """
        INSERT INTO chat_calls (application_id, chat_id, request, message_id, state, attempts, created_time, not_before)
        VALUES ($1, $2, $3, $4, 0, 0, $5, $5)
        """)
    {
        Parameters =
        {
            new() { Value = happened.ApplicationId },
            new() { Value = happened.ChatId },
            new() { Value = call.ToJson(), NpgsqlDbType = NpgsqlDbType.Jsonb },
            new() { Value = (object?)happened.MessageId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint },
            new() { Value = clock.UtcNow() },
        },
    };

    private static async Task<Place> ReadPositionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO follower_positions (name, xid, event_id) VALUES ($1, '0', 0)
            ON CONFLICT (name) DO UPDATE SET name = excluded.name
            RETURNING xid, event_id
            """,
            connection)
        {
            Parameters = { new() { Value = Follower } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new Place(reader.GetFieldValue<ulong>(0), reader.GetInt64(1));
    }

    private static async Task<Place?> ReadBatchAsync(NpgsqlConnection connection, Place from, CancellationToken cancellationToken)
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
        return await reader.ReadAsync(cancellationToken) ? new Place(reader.GetFieldValue<ulong>(0), reader.GetInt64(1)) : null;
    }

    private async IAsyncEnumerable<ChatHappening> ReadAsync(
        NpgsqlConnection connection,
        Place from,
        Place to,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql.Get("ChatNewsBatch"), connection)
        {
            Parameters =
            {
                new("from_xid", NpgsqlDbType.Xid8) { Value = from.Xid },
                new("from_id", from.EventId),
                new("to_xid", NpgsqlDbType.Xid8) { Value = to.Xid },
                new("to_id", to.EventId),
                new("services", _services.Keys.ToArray()),
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return ChatHappening.Read(reader);
        }
    }

    private sealed record Place(ulong Xid, long EventId);
}
