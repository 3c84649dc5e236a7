using ChatPlatform.Infrastructure.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ChatPlatform.Testing;

/// <summary>
/// One throw-away server for all tests of this process, started when first asked for. <see cref="StopTestPostgresAttribute"/> ends it
/// with the run; what a killed run left is cleared away by a later one.
/// </summary>
public static class TestPostgres
{
    private const string Prefix = "chatplatform-tests-";

    /// <summary>A younger folder may belong to a process that is just about to lock it.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);

    private static readonly Lazy<Task<PrivatePostgres>> Server = new(StartAsync);

    /// <summary>Of the superuser, to the database <c>postgres</c>.</summary>
    public static async Task<string> AdminConnectionStringAsync()
    {
        var server = await Server.Value;
        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { IncludeErrorDetail = true }.ConnectionString;
    }

    /// <summary>Ends the server, if it was started, and removes all that it wrote.</summary>
    internal static async Task StopAsync()
    {
        if (Server.IsValueCreated)
        {
            await RemoveAsync(await Server.Value);
        }
    }

    /// <summary>Removes the servers that killed runs left in a folder, except for those younger than the given age.</summary>
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
                // A run that goes on, or another user's.
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
