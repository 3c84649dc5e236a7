using System.Diagnostics;
using ChatPlatform.Infrastructure.Packages;
using ChatPlatform.Infrastructure.Postgres;
using ChatPlatform.Testing;
using Npgsql;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Postgres;

/// <summary>A full disk ends PostgreSQL, which comes back by itself when there is room. Needs the right to mount a file system.</summary>
[Platform(Include = "Linux")]
public sealed class FullDiskTests : PostgresTest
{
    private static readonly TimeSpan HealTimeout = TimeSpan.FromMinutes(3);

    private bool _isMounted;

    [SetUp]
    public async Task MountAsync()
    {
        _isMounted = await RunAsync("mount", "-t", "tmpfs", "-o", "size=170m,mode=0711", "chatplatform-test", Folder) == 0;
        if (!_isMounted)
        {
            Assert.Ignore("This account may not mount a file system, so a full disk cannot be tried.");
        }

        SharedFolder.Create(Folder);
    }

    [TearDown]
    public async Task UnmountAsync()
    {
        if (_isMounted)
        {
            Assert.That(await RunAsync("umount", Folder), Is.Zero, "umount");
        }
    }

    [Test]
    public async Task Server_comes_back_when_a_full_disk_has_room_again()
    {
        await using var server = await StartAsync(Options with { Durable = true });
        await ScalarAsync<int>(server.ConnectionString, "CREATE TABLE kept AS SELECT 42 AS value");
        var postmaster = Postmaster(server);
        var ballast = Path.Combine(Folder, "ballast");

        FillDisk(ballast);
        await Wait.UntilAsync(
            async () =>
            {
                await WriteWalAsync(server);
                return !PostmasterProcess.IsAlive(postmaster);
            },
            "the end of PostgreSQL",
            HealTimeout);
        File.Delete(ballast);

        await Wait.UntilAsync(async () => await TryAsync(server, "SELECT value FROM kept") == 42, "PostgreSQL to come back", HealTimeout);
        Assert.That(Postmaster(server), Is.Not.EqualTo(postmaster));
        Assert.That(await ScalarAsync<int>(server.ConnectionString, "INSERT INTO kept VALUES (43) RETURNING value"), Is.EqualTo(43));
    }

    private static void FillDisk(string path)
    {
        using var file = File.Create(path);
        var block = new byte[64 * 1024];
        try
        {
            while (true)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Fills the write-ahead log only. Without room for its next segment PostgreSQL panics.</summary>
    private static Task<int?> WriteWalAsync(PrivatePostgres server) =>
        TryAsync(server, "SELECT length(pg_logical_emit_message(true, 'test', repeat('x', 1000000))::text)");

    /// <returns>Null if the server cannot answer.</returns>
    private static async Task<int?> TryAsync(PrivatePostgres server, string sql)
    {
        try
        {
            return await ScalarAsync<int>(server.ConnectionString, sql);
        }
        catch (NpgsqlException)
        {
            return null;
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
