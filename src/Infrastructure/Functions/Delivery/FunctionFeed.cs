using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Events;
using ChatPlatform.Infrastructure.Persistence;
using Npgsql;

namespace ChatPlatform.Infrastructure.Functions.Delivery;

/// <summary>
/// Follows the event log and queues what functions are to be run for. What is queued and the place in the log are stored by one
/// transaction, so that nothing is queued twice or left out. What an application has no enabled function for leaves nothing behind.
/// </summary>
internal sealed class FunctionFeed(NpgsqlDataSource database, TimeProvider clock)
{
    private const long Lock = 0x46_55_4E_43;
    private const int BatchSize = 1_000;

    private readonly LogFollower _follower = new(database, "functions", Lock, BatchSize);

    /// <summary>To be called before anything happens: what came before is for no function.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => _follower.BeginAsync(cancellationToken);

    /// <summary>Queues for all events that may be read now.</summary>
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
