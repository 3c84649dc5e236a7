using System.Diagnostics;

namespace ChatPlatform.Benchmarks;

/// <summary>The real server in a process of its own, with a data folder of its own, on a loopback port that the system draws.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, DirectoryInfo folder, Uri address) => (_process, Folder, Address) = (process, folder, address);

    public DirectoryInfo Folder { get; }

    public Uri Address { get; }

    /// <param name="settings">As <c>--Functions:UseSandbox=false</c>.</param>
    public static async Task<ServerProcess> StartAsync(params IEnumerable<string> settings)
    {
        // Not readable for the server alone: the account of its private PostgreSQL has to enter it, too.
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

    /// <summary>Lets the server end its private PostgreSQL, and removes its folder.</summary>
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
