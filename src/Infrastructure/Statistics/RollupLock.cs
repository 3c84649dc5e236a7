using Npgsql;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>Held, to the end of its transaction, by whoever changes the rollups.</summary>
internal static class RollupLock
{
    private const long Key = 0x5747_4154;

    /// <summary>Takes the lock, or finds that somebody else has it.</summary>
    public static Task<bool> TryTakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        RunAsync($"SELECT pg_try_advisory_xact_lock({Key})", connection, cancellationToken);

    /// <summary>Waits for the lock.</summary>
    public static Task TakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        RunAsync($"SELECT pg_advisory_xact_lock({Key}) IS NOT NULL", connection, cancellationToken);

    private static async Task<bool> RunAsync(string sql, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }
}
