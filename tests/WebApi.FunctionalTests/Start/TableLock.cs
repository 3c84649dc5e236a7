using ChatPlatform.Testing;
using Npgsql;

namespace ChatPlatform.WebApi.FunctionalTests.Start;

/// <summary>A lock of a table that lets nobody write to it: who wants to stands in line, and locks are given in the order of the line.</summary>
internal sealed class TableLock : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly NpgsqlDataSource _database;
    private readonly string _table;
    private NpgsqlConnection? _holder;

    private TableLock(NpgsqlDataSource database, string table) => (_database, _table) = (database, table);

    /// <summary>Once whoever writes to the table now has ended; waits for a database that is being started.</summary>
    public static async Task<TableLock> AcquireAsync(Func<NpgsqlDataSource> open, string table)
    {
        TableLock? tableLock = null;
        await Wait.UntilAsync(async () => (tableLock = await TryAcquireAsync(open, table)) is not null, "the database to answer", Timeout);
        await tableLock!.WaitForWaitersAsync(1);
        return tableLock;
    }

    /// <summary>Stands in line behind the first, and opens until its own turn has come.</summary>
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
        catch (Exception unavailable) when (unavailable is NpgsqlException or IOException or IndexOutOfRangeException)
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
        $"{length} to stand in line for {_table}",
        Timeout);
}
