using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;

namespace ChatPlatform.WebApi.FunctionalTests.Start;

/// <summary>The server as its own process, with this folder for its data.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private ServerProcess(Process process, int port)
    {
        _process = process;
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    public HttpClient Client { get; }

    public int Id => _process.Id;

    public static ServerProcess Start(string dataFolder, params (string Name, string Value)[] settings)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ChatPlatform.WebApi.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}", ["DataFolder"] = dataFolder },
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return new ServerProcess(Process.Start(start)!, port);
    }

    public Task UntilReadyAsync() => Wait.UntilAsync(
        async () =>
        {
            try
            {
                return (await Client.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                return false;
            }
        },
        "the server to be ready",
        Timeout);

    /// <summary>Gets a token for a client; <see cref="Client"/> sends it from then on.</summary>
    public async Task<string> AuthenticateAsync(string clientId, string clientSecret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/oauth/token", UriKind.Relative));
        request.Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId}:{clientSecret}")));
        using var response = await Client.SendAsync(request);
        var token = (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["access_token"]!;
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return token;
    }

    /// <summary>As the first application, with the credentials from the data folder.</summary>
    public async Task<string> AuthenticateAsync(string dataFolder)
    {
        var stored = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(dataFolder, "credentials.json")))!;
        return await AuthenticateAsync((string)stored["clientId"]!, (string)stored["clientSecret"]!);
    }

    public async Task<(int ExitCode, string Output, string Errors)> StopAsync()
    {
        _ = Kill(_process.Id, 15);
        return await ExitAsync();
    }

    public async Task<(int ExitCode, string Output, string Errors)> ExitAsync()
    {
        using var limit = new CancellationTokenSource(Timeout);
        await _process.WaitForExitAsync(limit.Token);
        return (_process.ExitCode, await _output, await _errors);
    }

    /// <summary>Sends SIGKILL.</summary>
    public void KillAtOnce() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        Client.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int processId, int signal);
}
