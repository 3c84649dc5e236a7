using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Events;
using ChatPlatform.Infrastructure.Persistence;
using Npgsql;

namespace ChatPlatform.Infrastructure.Notifications;

/// <summary>
/// Creates notifications for users without an open chat session in the channel of a message (docs/decisions/0017). Any number of servers
/// can call it at the same time.
/// </summary>
public sealed class NotificationFollower
{
    private const long Lock = 0x4E_4F_54_45;

    /// <summary>Small, because each message can create many rows.</summary>
    private const int BatchSize = 200;

    /// <summary>In larger channels only mentioned and answered users are notified.</summary>
    private const int MaxMembersNotified = 5_000;

    private readonly LogFollower _follower;
    private readonly TimeProvider _clock;

    public NotificationFollower(NpgsqlDataSource database, TimeProvider clock)
    {
        _follower = new LogFollower(database, "notifications", Lock, BatchSize);
        _clock = clock;
    }

    /// <summary>Must run before anything else: earlier messages create no notifications.</summary>
    public Task RegisterAsync(CancellationToken cancellationToken) => _follower.RegisterAsync(cancellationToken);

    public Task FollowAsync(CancellationToken cancellationToken) =>
        _follower.FollowAsync((connection, batch) => NotifyAsync(connection, batch, cancellationToken), cancellationToken);

    private async Task NotifyAsync(NpgsqlConnection connection, LogBatch batch, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(EmbeddedSql.Get("Notify"), connection)
        {
            Parameters = { new("now", _clock.UtcNow()), new("max_members", MaxMembersNotified) },
        };
        command.Parameters.AddRange(batch.Parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
