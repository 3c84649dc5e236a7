using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatPlatform.Benchmarks.Functions;

/// <summary>The real server in a process of its own with its private PostgreSQL, on a loopback port that the system draws.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private Server(Process process, DirectoryInfo folder, Uri address) =>
        (_process, _folder, Client) = (process, folder, new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(1) });

    public HttpClient Client { get; }

    /// <param name="settings">As <c>--Functions:UseSandbox=false</c>.</param>
    public static async Task<Server> StartAsync(IEnumerable<string> settings)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"chatplatform-benchmark-{Guid.NewGuid():n}"));
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ChatPlatform.WebApi.dll"), .. settings])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
        };
        start.Environment["DataFolder"] = folder.FullName;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["RateLimits__platform__Permits"] = "0";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Now listening on", StringComparison.Ordinal))
            {
                var address = new Uri(line[line.IndexOf("http://", StringComparison.Ordinal)..].Split(' ', '"')[0]);
                _ = process.StandardOutput.ReadToEndAsync();
                var server = new Server(process, folder, address);
                await server.AuthenticateAsync();
                return server;
            }
        }

        throw new InvalidOperationException("The server did not start.");
    }

    public async Task<JsonNode> PostAsync(string path, object body)
    {
        using var response = await Client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        var answer = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonNode.Parse(answer)! : throw new InvalidOperationException($"{path}: {answer}");
    }

    public async Task EnableAsync(long function, bool enabled)
    {
        using var response = await Client.PatchAsJsonAsync(new Uri($"/v1/functions/{function}", UriKind.Relative), new { enabled });
        response.EnsureSuccessStatusCode();
    }

    public async Task<long> DeployAsync(string type, string script)
    {
        var function = (long)(await PostAsync("/v1/runtimes/nodejs/functions", new { type, name = "benchmark" }))["id"]!;
        await PostAsync($"/v1/functions/{function}/versions", new { handlerScript = script });
        return function;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using (var stop = Process.Start("kill", $"{_process.Id}"))
        {
            await stop.WaitForExitAsync();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task AuthenticateAsync()
    {
        var kept = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "credentials.json")))!;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/oauth/token", UriKind.Relative));
        request.Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{kept["clientId"]}:{kept["clientSecret"]}")));
        using var response = await Client.SendAsync(request);
        var token = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token["access_token"]!);
    }
}
