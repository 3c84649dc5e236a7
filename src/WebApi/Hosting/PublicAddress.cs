namespace ChatPlatform.WebApi.Hosting;

public sealed class PublicAddressOptions
{
    /// <summary>
    /// <c>PublicBaseUrl</c>, without a trailing slash, such as <c>https://chat.example.com</c>. By default links use the scheme and host of
    /// the request, as forwarded by <see cref="KnownProxies"/>.
    /// </summary>
    public string? PublicBaseUrl { get; set; }

    /// <summary>IP addresses of trusted proxies (X-Forwarded-*); loopback is always trusted.</summary>
    public IReadOnlyList<string> KnownProxies { get; set; } = [];
}

public static class PublicAddress
{
    public static string PublicBaseUrl(this HttpContext context)
    {
        var configured = context.RequestServices.GetRequiredService<Microsoft.Extensions.Options.IOptions<PublicAddressOptions>>();
        return configured.Value.PublicBaseUrl?.TrimEnd('/') ?? $"{context.Request.Scheme}://{context.Request.Host}";
    }
}
