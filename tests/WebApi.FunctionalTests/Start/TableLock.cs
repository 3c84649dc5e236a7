using ChatPlatform.Testing;
using Npgsql;

namespace ChatPlatform.WebApi.FunctionalTests.Start;

/// <summary>A lock that blocks writes to a table. Waiting writers get it in order.</summary>
internal sealed class TableLock : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly NpgsqlDataSource _database;
    private readonly string _table;
    private NpgsqlConnection? _holder;

    private TableLock(NpgsqlDataSource database, string table) => (_database, _table) = (database, table);

    /// <summary>Returns once a writer waits for the lock; waits for a database that is starting.</summary>
    public static async Task<TableLock> AcquireAsync(Func<NpgsqlDataSource> open, string table)
    {
        TableLock? tableLock = null;
        await Wait.UntilAsync(async () => (tableLock = await TryAcquireAsync(open, table)) is not null, "the database to respond", Timeout);
        await tableLock!.WaitForWaitersAsync(1);
        return tableLock;
    }

    /// <summary>Lets one waiting writer continue: queues for the lock again, then releases it.</summary>
    public async Task ReleaseOneAsync()
    {
        var next = LockAsync();
        await WaitForWaitersAsync(2);
        await ReleaseAsync();
        _holder = await next;
    }

    public async Task ReleaseAsync()
    {
        if (_holder is { } holder)
        {
            _holder = null;
            await holder.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ReleaseAsync();
        await _database.DisposeAsync();
    }

    private static async Task<TableLock?> TryAcquireAsync(Func<NpgsqlDataSource> open, string table)
    {
        try
        {
            var tableLock = new TableLock(open(), table);
            tableLock._holder = await tableLock.LockAsync();
            return tableLock;
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private async Task<NpgsqlConnection> LockAsync()
    {
        var connection = await _database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"begin; lock table {_table} in share row exclusive mode", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private Task WaitForWaitersAsync(int length) => Wait.UntilAsync(
        async () =>
        {
            await using var count = _database.CreateCommand(
                "select count(*) >= $1 from pg_locks where relation = $2::regclass and not granted");
            count.Parameters.Add(new() { Value = (long)length });
            count.Parameters.Add(new() { Value = _table });
            return (bool)(await count.ExecuteScalarAsync())!;
        },
        $"{length} waiting for the lock of {_table}",
        Timeout);
}
