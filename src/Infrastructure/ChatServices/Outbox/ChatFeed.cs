using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Events;
using ChatPlatform.Infrastructure.Persistence;
using Npgsql;
using NpgsqlTypes;

namespace ChatPlatform.Infrastructure.ChatServices.Outbox;

/// <summary>
/// Follows the event log and queues what outside services are to be told, whoever changed the chat or its channel. The calls and the
/// place in the log are stored by one transaction, so that nothing is queued twice or left out.
/// </summary>
internal sealed class ChatFeed(NpgsqlDataSource database, IEnumerable<IChatService> services, TimeProvider clock)
{
    private const long Lock = 0x4348_4154;
    private const int BatchSize = 1_000;

    private readonly LogFollower _follower = new(database, "chats", Lock, BatchSize);

    private readonly Dictionary<string, IOutsideChatService> _services = services.OfType<IOutsideChatService>().ToDictionary(s => s.Name);

    /// <summary>
    /// Takes a place at the end of the log, unless it has one; without an outside service it gives its place up. To be called before
    /// anything happens that is to be told.
    /// </summary>
    public Task BeginAsync(CancellationToken cancellationToken) => _services.Values.Any(service => service.IsConfigured)
        ? _follower.BeginAsync(cancellationToken)
        : _follower.LeaveAsync(cancellationToken);

    /// <summary>Queues for all events that may be read now.</summary>
    public Task FollowAsync(CancellationToken cancellationToken) =>
        _follower.FollowAsync((connection, batch) => QueueAsync(connection, batch, cancellationToken), cancellationToken);

    private async Task QueueAsync(NpgsqlConnection connection, LogBatch events, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        await foreach (var happened in ReadAsync(connection, events, cancellationToken))
        {
            var calls = ServiceCalls.For(happened, _services[happened.Service].MaxText);
            foreach (var command in calls.Select(call => Queue(happened, call)))
            {
                batch.BatchCommands.Add(command);
            }
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
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

    private async IAsyncEnumerable<ChatHappening> ReadAsync(
        NpgsqlConnection connection,
        LogBatch events,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(EmbeddedSql.Get("ChatNewsBatch"), connection)
        {
            Parameters = { new("services", _services.Keys.ToArray()) },
        };
        command.Parameters.AddRange(events.Parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return ChatHappening.Read(reader);
        }
    }
}
