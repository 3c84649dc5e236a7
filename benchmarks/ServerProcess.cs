using System.Diagnostics;

namespace ChatPlatform.Benchmarks;

/// <summary>A server process with its own data folder, on a free loopback port.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, DirectoryInfo folder, Uri address) => (_process, Folder, Address) = (process, folder, address);

    public DirectoryInfo Folder { get; }

    public Uri Address { get; }

    /// <param name="settings">Such as <c>--Functions:UseSandbox=false</c>.</param>
    public static async Task<ServerProcess> StartAsync(params IEnumerable<string> settings)
    {
        // The account of the private PostgreSQL must be able to enter this folder too.
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"chatplatform-benchmark-{Guid.NewGuid():n}"));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ChatPlatform.WebApi.dll"), .. settings])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
        };
        start.Environment["DataFolder"] = folder.FullName;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        foreach (var dialect in new[] { "platform", "engagement", "aggregate" })
        {
            start.Environment[$"RateLimits__{dialect}__Permits"] = "0";
        }

        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Now listening on", StringComparison.Ordinal))
            {
                var address = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].Split(' ', '"')[0]);
                _ = process.StandardOutput.ReadToEndAsync();
                return new ServerProcess(process, folder, address);
            }
        }

        throw new InvalidOperationException("The server did not start.");
    }

    /// <summary>Stops the server with its private PostgreSQL and deletes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        using (var stop = Process.Start("kill", $"{_process.Id}"))
        {
            await stop.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        Folder.Delete(recursive: true);
    }
}
