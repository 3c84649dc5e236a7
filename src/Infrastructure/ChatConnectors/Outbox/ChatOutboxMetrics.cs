using System.Diagnostics.Metrics;
using ChatPlatform.Application.Chats;
using Npgsql;

namespace ChatPlatform.Infrastructure.ChatConnectors.Outbox;

/// <summary>
/// Meter <c>ChatPlatform</c>: <c>chatplatform.chat_calls</c> counts calls by service and outcome;
/// <c>chatplatform.chat_calls.queued</c> is the number of pending entries by service, over all servers.
/// </summary>
internal sealed class ChatOutboxMetrics : IDisposable
{
    private readonly Meter _meter = new("ChatPlatform");
    private readonly Counter<long> _calls;
    private readonly NpgsqlDataSource _database;
    private IReadOnlyList<QueueLength> _queues = [];

    public ChatOutboxMetrics(NpgsqlDataSource database)
    {
        _database = database;
        _calls = _meter.CreateCounter<long>("chatplatform.chat_calls", "{call}", "Calls to chat services, by outcome.");
        _meter.CreateObservableGauge(
            "chatplatform.chat_calls.queued",
            () => _queues.Select(queue => new Measurement<long>(queue.Pending, Service(queue.Service))),
            "{call}",
            "Calls waiting in the outbox.");
    }

    public void Count(string service, OperationResult result) =>
        _calls.Add(1, Service(service), new("outcome", result.GetType().Name.ToLowerInvariant()));

    /// <summary>Reads the queues, for the gauge and for the health check.</summary>
    public async Task<IReadOnlyList<QueueLength>> MeasureAsync(CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(
            """
            SELECT c.service, count(*) FILTER (WHERE q.state IN (0, 1)), min(q.created_time) FILTER (WHERE q.state IN (0, 1)),
              count(*) FILTER (WHERE q.state = 4)
            FROM chat_outbox q
            JOIN chats c ON c.application_id = q.application_id AND c.id = q.chat_id
            WHERE q.state IN (0, 1, 4)
            GROUP BY c.service
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var queues = new List<QueueLength>();
        while (await reader.ReadAsync(cancellationToken))
        {
            queues.Add(new QueueLength(
                reader.GetString(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetDateTime(2), reader.GetInt64(3)));
        }

        return _queues = queues;
    }

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Service(string name) => new("service", name);
}

/// <param name="Pending">Entries not finished yet.</param>
/// <param name="Oldest">The creation time of the oldest pending entry, UTC.</param>
/// <param name="InDoubt">Entries with an unknown outcome.</param>
internal sealed record QueueLength(string Service, long Pending, DateTime? Oldest, long InDoubt);
