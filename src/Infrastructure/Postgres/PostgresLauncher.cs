using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>Launches a server on a cluster, detached from this process.</summary>
internal static class PostgresLauncher
{
    private const string LeftoverMemory = "pre-existing shared memory block";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns once the server answers.</summary>
    /// <exception cref="PrivatePostgresException">It ended, or did not answer in time; with the end of its log.</exception>
    public static async Task<PostgresServer> LaunchAsync(
        PostgresHome home, PostgresBinaries binaries, PrivatePostgresOptions options, CancellationToken ct)
    {
        var socket = options.OverTcp ? null : await SocketFolder.CreateAsync(home, ct);
        var port = options.OverTcp ? FreePort() : PostgresSettings.SocketPort;
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

            // A server killed a moment ago may leave a session that still has to notice.
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
    /// pg_ctl and not postgres itself: it puts the server into a session of its own, out of reach of a Ctrl-C meant for us, and on
    /// Windows takes from it the rights with which it would refuse to run.
    /// </summary>
    private static Task<ChildProcess.ProcessResult> RunAsync(
        PostgresHome home, PostgresBinaries binaries, TimeSpan timeout, CancellationToken ct)
    {
        // Relative, because pg_ctl hands it to a shell, to which a folder's name may mean something.
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
