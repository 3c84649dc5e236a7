using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>Starts a server on a cluster, detached from this process.</summary>
internal static class PostgresLauncher
{
    private const string LeftoverMemory = "pre-existing shared memory block";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns once the server accepts connections.</summary>
    /// <param name="previous">A server that ended, whose address clients know; null: any address.</param>
    /// <exception cref="PrivatePostgresException">The server ended or did not respond in time; includes the end of its log.</exception>
    public static async Task<PostgresServer> LaunchAsync(
        PostgresHome home, PostgresBinaries binaries, PrivatePostgresOptions options, PostgresServer? previous, CancellationToken ct)
    {
        var socket = options.OverTcp ? null : await SocketFolder.CreateAsync(home, previous?.SocketFolder, ct);
        var port = !options.OverTcp ? PostgresSettings.SocketPort : previous?.Port ?? FreePort();
        await PostgresCluster.WriteSettingsAsync(home, PostgresSettings.Render(options.Durable, home.Log, socket, port), ct);
        while (true)
        {
            File.Delete(home.StartLog);
            var started = await RunAsync(home, binaries, options.StartTimeout, ct);
            if (started.Succeeded && PostmasterFile.TryRead(home.Data) is { } file)
            {
                var server = new PostgresServer(home, file);
                if (await server.IsAcceptingConnectionsAsync(ct))
                {
                    return server;
                }
            }

            // Sessions of a server killed a moment ago may still be ending.
            if (!PostgresLog.OfStart(home).Contains(LeftoverMemory, StringComparison.Ordinal))
            {
                throw new PrivatePostgresException(
                    $"PostgreSQL did not start on {home.Data}. {started.Output}\n"
                    + $"The end of its log in {home.Log}:\n{PostgresLog.Tail(home)}");
            }

            await Task.Delay(PollInterval, ct);
        }
    }

    /// <summary>
    /// pg_ctl starts the server in its own session, which a Ctrl-C meant for us does not reach, and on Windows drops the rights with
    /// which postgres would refuse to run.
    /// </summary>
    private static Task<ChildProcess.ProcessResult> RunAsync(
        PostgresHome home, PostgresBinaries binaries, TimeSpan timeout, CancellationToken ct)
    {
        // Relative, because pg_ctl passes it to a shell, where other folders' names may have a meaning.
        var log = Path.GetRelativePath(home.Root, home.StartLog);
        var seconds = Math.Ceiling(timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return ChildProcess.RunAsync(
            binaries.PgCtl,
            ["start", "-w", "-s", "-t", seconds, "-l", log],
            home.User,
            home.Root,
            home.Data,
            capture: !OperatingSystem.IsWindows(),
            ct);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
