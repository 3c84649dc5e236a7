using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Events;
using ChatPlatform.Infrastructure.Persistence;
using Npgsql;

namespace ChatPlatform.Infrastructure.Notifications;

/// <summary>
/// Follows the event log and notifies those who were not inside of the channel when a message came (docs/decisions/0017). Any number of
/// servers may call it at once.
/// </summary>
public sealed class NotificationFeed
{
    private const long Lock = 0x4E_4F_54_45;

    /// <summary>Each message may be many rows.</summary>
    private const int BatchSize = 200;

    /// <summary>In a channel of more members only those are notified whom a message names or answers.</summary>
    private const int LargestChannel = 5_000;

    private readonly LogFollower _follower;
    private readonly TimeProvider _clock;

    public NotificationFeed(NpgsqlDataSource database, TimeProvider clock)
    {
        _follower = new LogFollower(database, "notifications", Lock, BatchSize);
        _clock = clock;
    }

    /// <summary>To be called before anything happens: what came before is nobody's notification.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => _follower.BeginAsync(cancellationToken);

    /// <summary>Notifies of all messages that may be read now.</summary>
    public Task FollowAsync(CancellationToken cancellationToken) =>
        _follower.FollowAsync((connection, batch) => NotifyAsync(connection, batch, cancellationToken), cancellationToken);

    private async Task NotifyAsync(NpgsqlConnection connection, LogBatch batch, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(EmbeddedSql.Get("Notify"), connection)
        {
            Parameters = { new("now", _clock.UtcNow()), new("largest", LargestChannel) },
        };
        command.Parameters.AddRange(batch.Parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
