using System.Diagnostics;
using System.Globalization;

namespace ChatPlatform.Benchmarks.Statistics;

/// <summary>A server of a store, and a caller of its statistics.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly HttpClient _client;
    private readonly byte[] _answer = new byte[64 * 1024]; // the same for all, so that the client collects no garbage meanwhile

    private Server(ServerProcess process)
    {
        (_process, _client) = (process, new HttpClient { BaseAddress = process.Address, Timeout = TimeSpan.FromMinutes(10) });
        _client.DefaultRequestHeaders.Add("X-Api-Key", Store.DeveloperKey);
        _client.DefaultRequestHeaders.Add("X-Auth-Token", Store.Token);
        _client.DefaultRequestHeaders.Add("X-User-Id", Store.Admin.ToString(CultureInfo.InvariantCulture));
    }

    public static async Task<Server> StartAsync(string connectionString) => new(await ServerProcess.StartAsync(
        $"--ConnectionStrings:ChatPlatform={connectionString}",
        $"--Secrets:Key={Convert.ToBase64String(new byte[32])}")); // the same for every server of a store

    /// <param name="warmUp">Number of calls before the measurement, until the JIT compiler has optimized the code.</param>
    /// <returns>Milliseconds of each call, ascending.</returns>
    public async Task<double[]> MeasureAsync(string address, int calls, int warmUp)
    {
        var times = new double[calls];
        for (var i = -warmUp; i < calls; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            using var response = await _client.GetAsync(new Uri(address, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
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

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _process.DisposeAsync();
    }
}
