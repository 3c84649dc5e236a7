using ChatPlatform.Infrastructure.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ChatPlatform.Testing;

/// <summary>
/// A temporary server for all tests of this process, started on first use and stopped by <see cref="StopTestPostgresAttribute"/>. A later
/// run removes the remains of a killed run.
/// </summary>
public static class TestPostgres
{
    private const string Prefix = "chatplatform-tests-";

    /// <summary>A younger folder may belong to a process that is about to lock it.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);

    private static readonly Lazy<Task<PrivatePostgres>> Server = new(StartAsync);

    /// <summary>For the superuser and the database <c>postgres</c>.</summary>
    public static async Task<string> AdminConnectionStringAsync()
    {
        var server = await Server.Value;
        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { IncludeErrorDetail = true }.ConnectionString;
    }

    /// <summary>Stops the server, if it was started, and removes its files.</summary>
    internal static async Task StopAsync()
    {
        if (Server.IsValueCreated)
        {
            await RemoveAsync(await Server.Value);
        }
    }

    /// <summary>Removes the servers of killed runs, unless they are younger than the given age.</summary>
    internal static async Task CleanUpAsync(string root, TimeSpan age)
    {
        var limit = TimeProvider.System.GetUtcNow().UtcDateTime - age;
        foreach (var folder in Directory.GetDirectories(root, Prefix + "*").Where(folder => Directory.GetCreationTimeUtc(folder) < limit))
        {
            try
            {
                await RemoveAsync(await StartAsync(folder));
            }
            catch (PrivatePostgresException)
            {
                // A current run, or a folder of another OS user.
            }
        }
    }

    private static async Task<PrivatePostgres> StartAsync()
    {
        await CleanUpAsync(ScratchFolder.Root, Abandoned);
        return await StartAsync(ScratchFolder.New(Prefix));
    }

    private static Task<PrivatePostgres> StartAsync(string folder) => PrivatePostgres.StartAsync(
        new PrivatePostgresOptions { DataDirectory = folder, DatabaseName = "postgres", Durable = false }, NullLogger.Instance);

    private static async Task RemoveAsync(PrivatePostgres server)
    {
        await server.DisposeAsync();
        Directory.Delete(server.DataDirectory, recursive: true);
    }
}
