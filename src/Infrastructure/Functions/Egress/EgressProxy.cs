using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Functions.Egress;

/// <summary>
/// Makes the requests of scripts (<c>fetch</c>, <c>http</c>) to hosts that are allowed by name and have public addresses. It connects to
/// the address that it has checked, so that DNS rebinding has no effect.
/// </summary>
internal sealed class EgressProxy : IDisposable
{
    private const int MaxRedirects = 5;

    /// <summary>Headers of the connection, which belongs to the server.</summary>
    private static readonly HashSet<string> ForbiddenHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "connection", "content-length", "expect", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "via",
    };

    private readonly FunctionOptions _options;
    private readonly HttpClient _client;

    public EgressProxy(IOptions<FunctionOptions> options)
    {
        _options = options.Value;
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectCallback = ConnectAsync,
            MaxResponseHeadersLength = 64,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            UseCookies = false,
            UseProxy = false,
        })
        {
            Timeout = _options.FetchTime,
        };
    }

    /// <exception cref="EgressRefusedException">The request is not allowed or failed.</exception>
    public async Task<EgressResponse> FetchAsync(EgressRequest egressRequest, CancellationToken ct)
    {
        var address = RequireAllowed(egressRequest.Url, egressRequest.Url);
        var current = egressRequest;
        for (var redirects = 0; redirects <= MaxRedirects; redirects++)
        {
            using var request = CreateRequest(current, address);
            using var response = await SendAsync(request, ct);
            if (egressRequest.FollowsRedirects && RedirectTarget(response, address) is { } next)
            {
                var to = RequireAllowed(next.AbsoluteUri, egressRequest.Url);
                current = AfterRedirect(current, response.StatusCode, sameHost: to.Authority == address.Authority);
                address = to;
                continue;
            }

            return await ReadResponseAsync(response, address, redirects > 0, ct);
        }

        throw new EgressRefusedException($"{egressRequest.Url} redirects more than {MaxRedirects} times.");
    }

    public void Dispose() => _client.Dispose();

    private static Uri? RedirectTarget(HttpResponseMessage response, Uri address) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location
            ? new Uri(address, location)
            : null;

    private Uri RequireAllowed(string url, string requestedUrl)
    {
        if (_options.AllowedHosts.Length == 0)
        {
            throw new EgressRefusedException("External requests are disabled on this server (Functions:AllowedHosts).");
        }

        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0
            && Array.Exists(_options.AllowedHosts, host => Matches(host, address))
            ? address
            : throw new EgressRefusedException(
                url == requestedUrl
                    ? $"{url} is not an allowed host (Functions:AllowedHosts)."
                    : $"{requestedUrl} redirects to {url}, which is not an allowed host.");
    }

    /// <summary>
    /// As <c>api.example.com</c> or <c>*.example.com</c> (not example.com itself), each with <c>:port</c> unless it is the default one.
    /// </summary>
    private static bool Matches(string allowed, Uri address)
    {
        var parts = allowed.Split(':', 2);
        var host = address.IdnHost.TrimEnd('.');
        return (parts.Length == 2 ? parts[1] == $"{address.Port}" : address.IsDefaultPort)
            && (parts[0].StartsWith("*.", StringComparison.Ordinal)
                ? host.EndsWith(parts[0][1..], StringComparison.OrdinalIgnoreCase)
                : host.Equals(parts[0], StringComparison.OrdinalIgnoreCase));
    }

    private static HttpRequestMessage CreateRequest(EgressRequest egressRequest, Uri address)
    {
        var request = new HttpRequestMessage(new HttpMethod(egressRequest.Method), address);
        if (egressRequest.Body is { Length: > 0 })
        {
            request.Content = new ByteArrayContent(egressRequest.Body);
        }

        foreach (var (name, value) in egressRequest.Headers.Where(
            header => IsAllowedHeader(header.Name) && header.Value.IndexOfAny(['\r', '\n', '\0']) < 0))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    private static bool IsAllowedHeader(string header) =>
        !ForbiddenHeaders.Contains(header) && !header.StartsWith("proxy-", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Like a browser: 301 to 303 do not repeat a body, and credentials are not sent to another host.
    /// </summary>
    private static EgressRequest AfterRedirect(EgressRequest egressRequest, HttpStatusCode status, bool sameHost)
    {
        var headers = sameHost ? egressRequest.Headers
            : [.. egressRequest.Headers.Where(header => !header.Name.Equals("authorization", StringComparison.OrdinalIgnoreCase)
                && !header.Name.Equals("cookie", StringComparison.OrdinalIgnoreCase))];
        var repeats = status is HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
            || egressRequest.Method is "GET" or "HEAD";
        return repeats ? egressRequest with { Headers = headers } : egressRequest with { Headers = headers, Method = "GET", Body = null };
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            var reason = failure.GetBaseException() is EgressRefusedException refused ? refused.Message : DescribeFailure(failure);
            throw new EgressRefusedException($"{request.RequestUri} {reason}");
        }
    }

    private static string DescribeFailure(Exception failure) => failure is HttpRequestException request
        ? $"cannot be reached ({request.HttpRequestError})." : "did not respond in time.";

    private async Task<EgressResponse> ReadResponseAsync(HttpResponseMessage response, Uri address, bool redirected, CancellationToken ct)
    {
        using var body = new MemoryStream();
        await using var content = await response.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[16 * 1024];
        while (await content.ReadAsync(buffer, ct) is var count and > 0)
        {
            body.Write(buffer, 0, count);
            if (body.Length > _options.FetchBytes)
            {
                throw new EgressRefusedException($"The response of {address} has more than {_options.FetchBytes} bytes.");
            }
        }

        return new EgressResponse(
            (int)response.StatusCode,
            response.ReasonPhrase ?? string.Empty,
            address.AbsoluteUri,
            redirected,
            [.. response.Headers.Concat(response.Content.Headers)
                .SelectMany(header => header.Value, (header, value) => new EgressHeader(header.Key, value))],
            body.ToArray());
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var host = context.DnsEndPoint.Host;
        IPAddress[] resolved;
        try
        {
            resolved = await _options.Resolve(host, ct);
        }
        catch (SocketException)
        {
            throw new EgressRefusedException("has no address.");
        }

        var usable = resolved.Where(address => _options.IsConnectAllowed(address)).ToArray();
        if (usable.Length == 0)
        {
            throw new EgressRefusedException("has no public address.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(usable, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
