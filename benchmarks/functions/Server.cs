using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace ChatPlatform.Benchmarks.Functions;

/// <summary>A server with its private PostgreSQL, and a client of its platform dialect.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly ServerProcess _process;

    private Server(ServerProcess process) =>
        (_process, Client) = (process, new HttpClient { BaseAddress = process.Address, Timeout = TimeSpan.FromMinutes(1) });

    public HttpClient Client { get; }

    /// <param name="settings">Such as <c>--Functions:UseSandbox=false</c>.</param>
    public static async Task<Server> StartAsync(IEnumerable<string> settings)
    {
        var server = new Server(await ServerProcess.StartAsync(settings));
        await server.AuthenticateAsync();
        return server;
    }

    public async Task<JsonNode> PostAsync(string path, object body)
    {
        using var response = await Client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        var content = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonNode.Parse(content)! : throw new InvalidOperationException($"{path}: {content}");
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

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return _process.DisposeAsync();
    }

    private async Task AuthenticateAsync()
    {
        var credentials = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_process.Folder.FullName, "credentials.json")))!;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/oauth/token", UriKind.Relative));
        request.Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials["clientId"]}:{credentials["clientSecret"]}")));
        using var response = await Client.SendAsync(request);
        var token = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token["access_token"]!);
    }
}
