using System.Text.Json;

namespace ChatPlatform.Infrastructure.Functions.Dependencies;

/// <summary>npm's lock file: exact versions, sources and hashes of all packages.</summary>
internal static class LockFile
{
    private const string Name = "package-lock.json";

    /// <exception cref="InstallationException">There are too many packages, or some do not come from the registry.</exception>
    public static async Task CheckAsync(string folder, Uri registry, int maxPackages, CancellationToken ct)
    {
        using var file = await ReadAsync(folder, ct);
        var packages = Packages(file);
        if (packages.Count > maxPackages)
        {
            throw new InstallationException($"The installation needs {packages.Count} packages; at most {maxPackages} are allowed.");
        }

        foreach (var (path, package) in packages)
        {
            if (package.TryGetProperty("link", out _) || !package.TryGetProperty("integrity", out _)
                || !package.TryGetProperty("resolved", out var resolved)
                || !Uri.TryCreate(resolved.GetString(), UriKind.Absolute, out var address) || address.Authority != registry.Authority)
            {
                throw new InstallationException($"{path} does not come from the registry; other sources are not allowed.");
            }
        }
    }

    public static async Task<IReadOnlyDictionary<string, string>> VersionsAsync(
        string folder, IEnumerable<string> names, CancellationToken ct)
    {
        using var file = await ReadAsync(folder, ct);
        var packages = file.RootElement.GetProperty("packages");
        return names.ToDictionary(name => name, name => packages.GetProperty($"node_modules/{name}").GetProperty("version").GetString()!);
    }

    private static List<(string Path, JsonElement Package)> Packages(JsonDocument file) =>
        !file.RootElement.TryGetProperty("packages", out var packages)
        ? []
        : [.. packages.EnumerateObject().Where(package => package.Name.Length > 0).Select(package => (package.Name, package.Value))];

    private static async Task<JsonDocument> ReadAsync(string folder, CancellationToken ct)
    {
        await using var file = File.OpenRead(Path.Combine(folder, Name));
        return await JsonDocument.ParseAsync(file, cancellationToken: ct);
    }
}
