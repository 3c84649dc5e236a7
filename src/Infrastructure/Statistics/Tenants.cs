using Npgsql;

namespace ChatPlatform.Infrastructure.Statistics;

internal static class Tenants
{
    /// <param name="applicationId">Null lists all applications.</param>
    public static async Task<List<long>> ListAsync(NpgsqlConnection connection, long? applicationId, CancellationToken cancellationToken)
    {
        if (applicationId is { } id)
        {
            return [id];
        }

        await using var command = new NpgsqlCommand("SELECT id FROM applications ORDER BY id", connection);
        return await RollupReader.RowsAsync(command, row => row.GetInt64(0), cancellationToken).ToListAsync(cancellationToken);
    }
}
