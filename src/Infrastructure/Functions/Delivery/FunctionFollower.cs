using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Events;
using ChatPlatform.Infrastructure.Persistence;
using Npgsql;

namespace ChatPlatform.Infrastructure.Functions.Delivery;

/// <summary>
/// Follows the event log and queues deliveries for enabled functions. One transaction stores the deliveries and the position in the log,
/// so that each event is queued exactly once.
/// </summary>
internal sealed class FunctionFollower(NpgsqlDataSource database, TimeProvider clock)
{
    private const long Lock = 0x46_55_4E_43;
    private const int BatchSize = 1_000;

    private readonly LogFollower _follower = new(database, "functions", Lock, BatchSize);

    /// <summary>Call at start: earlier events are not delivered.</summary>
    public Task RegisterAsync(CancellationToken cancellationToken) => _follower.RegisterAsync(cancellationToken);

    /// <summary>Queues deliveries for all readable events.</summary>
    public Task FollowAsync(CancellationToken cancellationToken) =>
        _follower.FollowAsync((connection, batch) => QueueAsync(connection, batch, cancellationToken), cancellationToken);

    private async Task QueueAsync(NpgsqlConnection connection, LogBatch batch, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(EmbeddedSql.Get("QueueFunctions"), connection)
        {
            Parameters = { new("now", clock.UtcNow()) },
        };
        command.Parameters.AddRange(batch.Parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
