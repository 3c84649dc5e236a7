using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace ChatPlatform.WebApi.Hosting;

/// <summary>The base of absolute links outside a request.</summary>
internal sealed class ServerAddress(IOptions<PublicAddressOptions> options, IServer server)
{
    private static readonly string[] WildcardHosts = ["//*", "//+", "//[::]", "//0.0.0.0"];

    /// <summary>The configured public address, else one that the server listens on; without a trailing slash.</summary>
    public string BaseUrl => options.Value.PublicBaseUrl?.TrimEnd('/') ?? Listening ?? "http://localhost";

    private string? Listening => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address
        ? WildcardHosts.Aggregate(address, (text, any) => text.Replace(any, "//localhost", StringComparison.Ordinal)).TrimEnd('/')
        : null;
}
