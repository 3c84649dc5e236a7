using System.Diagnostics;
using System.Globalization;

namespace ChatPlatform.Benchmarks.Statistics;

/// <summary>The real server in a process of its own, on a loopback port that the system draws.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly byte[] _answer = new byte[64 * 1024]; // the same for all, so that the client collects no garbage meanwhile

    private Server(Process process, DirectoryInfo folder, Uri address)
    {
        (_process, _folder) = (process, folder);
        Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(10) };
        Client.DefaultRequestHeaders.Add("X-Api-Key", Store.DeveloperKey);
        Client.DefaultRequestHeaders.Add("X-Auth-Token", Store.Token);
        Client.DefaultRequestHeaders.Add("X-User-Id", Store.Admin.ToString(CultureInfo.InvariantCulture));
    }

    public HttpClient Client { get; }

    public static async Task<Server> StartAsync(string connectionString)
    {
        var folder = Directory.CreateTempSubdirectory("chatplatform-benchmark-");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ChatPlatform.WebApi.dll")])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
        };
        start.Environment["ConnectionStrings__ChatPlatform"] = connectionString;
        start.Environment["DataFolder"] = folder.FullName;
        start.Environment["Secrets__Key"] = Convert.ToBase64String(new byte[32]); // the same for every server of a store
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["RateLimits__aggregate__Permits"] = "0";
        start.Environment["RateLimits__engagement__Permits"] = "0";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf("http://127.0.0.1:", StringComparison.Ordinal) is var at and >= 0)
            {
                var address = new Uri(line[at..].Split(' ', '"')[0]);
                _ = process.StandardOutput.ReadToEndAsync();
                return new Server(process, folder, address);
            }
        }

        throw new InvalidOperationException("The server did not start.");
    }

    /// <param name="warmUp">Calls before those that are measured: the first dozens run code that is not compiled to its best yet.</param>
    /// <returns>Milliseconds of each call, ascending.</returns>
    public async Task<double[]> MeasureAsync(string address, int calls, int warmUp)
    {
        var times = new double[calls];
        for (var i = -warmUp; i < calls; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            using var response = await Client.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            response.EnsureSuccessStatusCode();
            await using var body = await response.Content.ReadAsStreamAsync();
            while (await body.ReadAsync(_answer) > 0)
            {
            }

            if (i >= 0)
            {
                times[i] = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            }
        }

        Array.Sort(times);
        return times;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
