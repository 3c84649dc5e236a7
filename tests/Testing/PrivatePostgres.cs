using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ChatPlatform.Testing;

/// <summary>A throw-away server for this process, without durability; it ends and leaves nothing when the process does.</summary>
internal static class PrivatePostgres
{
    private static readonly Lazy<Task<string>> Started = new(StartAsync);

    /// <summary>Of the superuser, to the database <c>postgres</c>.</summary>
    public static Task<string> ConnectionStringAsync() => Started.Value;

    private static async Task<string> StartAsync()
    {
        var bin = Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().First() + "/bin/";
        var data = Path.Combine("/var/tmp", "chatplatform-test-" + Guid.NewGuid().ToString("N")[..12]);
        await RunAsync(bin + "initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--no-locale", "-A", "trust", "--no-sync");
        var port = FreePort();
        var server = Start(
            bin + "postgres", "-D", data, "-p", $"{port}", "-h", "127.0.0.1", "-k", data, "-c", "fsync=off", "-c", "synchronous_commit=off",
            "-c", "full_page_writes=off", "-c", "max_connections=200", "-c", "log_min_messages=fatal");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
            Directory.Delete(data, recursive: true);
        };
        var connectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Include Error Detail=true";
        await WaitAsync(connectionString, server);
        return connectionString;
    }

    private static async Task WaitAsync(string connectionString, Process server)
    {
        for (var until = Stopwatch.StartNew(); ;)
        {
            try
            {
                await using var connection = new NpgsqlConnection(connectionString);
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (!server.HasExited && until.Elapsed < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(20);
            }
        }
    }

    private static async Task RunAsync(string file, params string[] arguments)
    {
        using var process = Start(file, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{file} ended with {process.ExitCode}.");
        }
    }

    private static Process Start(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { WorkingDirectory = "/", RedirectStandardOutput = true };
        start.Environment["LC_ALL"] = "C";
        if (OperatingSystem.IsLinux() && Environment.UserName == "root")
        {
            start.UserName = "postgres";
        }

        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
