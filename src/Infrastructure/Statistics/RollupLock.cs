using Npgsql;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>Advisory lock that a transaction holds while it changes the rollups.</summary>
internal static class RollupLock
{
    private const long Key = 0x5747_4154;

    /// <returns>False if another transaction holds the lock.</returns>
    public static Task<bool> TryAcquireAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        RunAsync($"SELECT pg_try_advisory_xact_lock({Key})", connection, cancellationToken);

    /// <summary>Waits for the lock.</summary>
    public static Task AcquireAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        RunAsync($"SELECT pg_advisory_xact_lock({Key}) IS NOT NULL", connection, cancellationToken);

    private static async Task<bool> RunAsync(string sql, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
