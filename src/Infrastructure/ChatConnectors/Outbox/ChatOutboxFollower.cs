using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Events;
using ChatPlatform.Infrastructure.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace ChatPlatform.Infrastructure.ChatConnectors.Outbox;

/// <summary>
/// Follows the event log and queues the operations for external services, whichever use case changed the chat or its channel. The
/// entries and the position in the log are stored in one transaction, so nothing is queued twice or lost.
/// </summary>
internal sealed class ChatOutboxFollower(NpgsqlDataSource database, IEnumerable<IChatConnector> connectors, TimeProvider clock)
{
    private const long Lock = 0x4348_4154;
    private const int BatchSize = 1_000;

    private readonly LogFollower _follower = new(database, "chats", Lock, BatchSize);

    private readonly Dictionary<string, IExternalChatConnector> _connectors =
        connectors.OfType<IExternalChatConnector>().ToDictionary(s => s.Name);

    /// <summary>
    /// Registers a position at the end of the log, unless there is one; removes it if no external service is configured. Events from
    /// before the registration are not sent.
    /// </summary>
    public Task RegisterAsync(CancellationToken cancellationToken) => _connectors.Values.Any(connector => connector.IsConfigured)
        ? _follower.RegisterAsync(cancellationToken)
        : _follower.UnregisterAsync(cancellationToken);

    public Task FollowAsync(CancellationToken cancellationToken) =>
        _follower.FollowAsync((connection, batch) => QueueAsync(connection, batch, cancellationToken), cancellationToken);

    private async Task QueueAsync(NpgsqlConnection connection, LogBatch events, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        await foreach (var chatEvent in ReadAsync(connection, events, cancellationToken))
        {
            var operations = ServiceOperations.For(chatEvent, _connectors[chatEvent.Service].MaxText);
            foreach (var command in operations.Select(operation => Queue(chatEvent, operation)))
            {
                batch.BatchCommands.Add(command);
            }
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private NpgsqlBatchCommand Queue(ChatOutboxEvent chatEvent, ServiceOperation operation) => new(
        """
        INSERT INTO chat_outbox (application_id, chat_id, operation, message_id, state, attempts, created_time, not_before)
        VALUES ($1, $2, $3, $4, 0, 0, $5, $5)
        """)
    {
        Parameters =
        {
            new() { Value = chatEvent.ApplicationId },
            new() { Value = chatEvent.ChatId },
            new() { Value = operation.ToJson(), NpgsqlDbType = NpgsqlDbType.Jsonb },
            new() { Value = (object?)chatEvent.MessageId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint },
            new() { Value = clock.UtcNow() },
        },
    };

    private async IAsyncEnumerable<ChatOutboxEvent> ReadAsync(
        NpgsqlConnection connection,
        LogBatch events,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(EmbeddedSql.Get("ChatOutboxBatch"), connection)
        {
            Parameters = { new("services", _connectors.Keys.ToArray()) },
        };
        command.Parameters.AddRange(events.Parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return ChatOutboxEvent.Read(reader);
        }
    }
}
