using ChatPlatform.Testing;
using Npgsql;

namespace ChatPlatform.Infrastructure.IntegrationTests;

/// <summary>A deletion of a user that is not committed yet.</summary>
internal sealed class DeletedUser : IAsyncDisposable
{
    private readonly NpgsqlDataSource _database;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    private DeletedUser(NpgsqlDataSource database, NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (_database, _connection, _transaction) = (database, connection, transaction);

    public static async Task<DeletedUser> StartAsync(NpgsqlDataSource database, long id)
    {
        var connection = await database.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(
            "UPDATE users SET name = 'deleted-' || id, deleted_time = now() WHERE application_id = 1 AND id = $1", connection);
        command.Parameters.Add(new() { Value = id });
        await command.ExecuteNonQueryAsync();
        return new DeletedUser(database, connection, transaction);
    }

    /// <summary>Commits when another transaction waits for this one.</summary>
    public async Task CommitBeforeWaitersAsync()
    {
        await Wait.UntilAsync(
            async () =>
            {
                await using var command = _database.CreateCommand(
                    "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid)))");
                command.Parameters.Add(new() { Value = _connection.ProcessID });
                return await command.ExecuteScalarAsync() is true;
            },
            "a transaction that waits for the deletion");
        await _transaction.CommitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
