using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;
using Npgsql;

namespace ChatPlatform.Infrastructure.Sessions;

/// <summary>Ends what fell silent. Any number of servers may call it at once.</summary>
public sealed class SessionExpiry(NpgsqlDataSource database, TimeProvider clock)
{
    /// <returns>How many user sessions ended.</returns>
    public async Task<int> ExpireAsync(TimeSpan silence, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow();
        await using var command = database.CreateCommand(EmbeddedSql.Get("ExpireSessions"));
        command.Parameters.Add(new NpgsqlParameter<DateTime>("now", now));
        command.Parameters.Add(new NpgsqlParameter<DateTime>("silent_since", now - silence));
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
