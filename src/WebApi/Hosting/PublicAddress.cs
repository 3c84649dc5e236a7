namespace ChatPlatform.WebApi.Hosting;

/// <summary>Where clients find this server.</summary>
public sealed class PublicAddressOptions
{
    /// <summary>
    /// <c>PublicBaseUrl</c>, without a trailing slash, such as <c>https://chat.example.com</c>. Without it links use the request's own
    /// scheme and host, as forwarded by <see cref="KnownProxies"/>.
    /// </summary>
    public string? PublicBaseUrl { get; set; }

    /// <summary>IP addresses of proxies whose X-Forwarded-* headers are believed; the loopback always is.</summary>
    public IReadOnlyList<string> KnownProxies { get; set; } = [];
}

public static class PublicAddress
{
    /// <summary>The base of absolute links, without a trailing slash.</summary>
    public static string PublicBaseUrl(this HttpContext context)
    {
        var configured = context.RequestServices.GetRequiredService<Microsoft.Extensions.Options.IOptions<PublicAddressOptions>>();
        return configured.Value.PublicBaseUrl?.TrimEnd('/') ?? $"{context.Request.Scheme}://{context.Request.Host}";
    }
}
