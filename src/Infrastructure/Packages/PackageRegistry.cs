namespace ChatPlatform.Infrastructure.Packages;

/// <summary>The npm registry that pinned packages come from.</summary>
internal static class PackageRegistry
{
    private const string Public = "https://registry.npmjs.org/";

    /// <summary>The configured one, else the environment's <c>npm_config_registry</c>, else the public one; with a slash at its end.</summary>
    /// <exception cref="PackageException">It is no address.</exception>
    public static Uri Address(Uri? configured)
    {
        var registry = configured?.ToString()
            ?? Environment.GetEnvironmentVariable("npm_config_registry")
            ?? Environment.GetEnvironmentVariable("NPM_CONFIG_REGISTRY")
            ?? Public;
        return Uri.TryCreate(registry.TrimEnd('/') + "/", UriKind.Absolute, out var address)
            ? address
            : throw new PackageException($"'{registry}' is no address of an npm registry.");
    }
}
