using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;
using Npgsql;

namespace ChatPlatform.Infrastructure.Sessions;

/// <summary>Ends idle sessions. Any number of servers can call it at the same time.</summary>
public sealed class SessionExpiry(NpgsqlDataSource database, TimeProvider clock)
{
    /// <returns>The number of expired user sessions.</returns>
    public async Task<int> ExpireAsync(TimeSpan idleTimeout, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        await using var command = database.CreateCommand(EmbeddedSql.Get("ExpireSessions"));
        command.Parameters.Add(new NpgsqlParameter<DateTime>("now", now));
        command.Parameters.Add(new NpgsqlParameter<DateTime>("idle_since", now - idleTimeout));
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
