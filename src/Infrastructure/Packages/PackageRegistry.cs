namespace ChatPlatform.Infrastructure.Packages;

internal static class PackageRegistry
{
    private const string Public = "https://registry.npmjs.org/";

    /// <summary>The configured registry, else <c>npm_config_registry</c>, else the public one; ends with a slash.</summary>
    /// <exception cref="PackageException">The address is invalid.</exception>
    public static Uri Address(Uri? configured)
    {
        var registry = configured?.ToString()
            ?? Environment.GetEnvironmentVariable("npm_config_registry")
            ?? Environment.GetEnvironmentVariable("NPM_CONFIG_REGISTRY")
            ?? Public;
        return Uri.TryCreate(registry.TrimEnd('/') + "/", UriKind.Absolute, out var address)
            ? address
            : throw new PackageException($"'{registry}' is not a valid npm registry address.");
    }
}
