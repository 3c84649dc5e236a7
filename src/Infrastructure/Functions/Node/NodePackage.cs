using System.Runtime.InteropServices;
using ChatPlatform.Infrastructure.Packages;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.Functions.Node;

/// <summary>npm package with Node.js for one platform. It is unpacked without npm.</summary>
/// <param name="Machine">Such as <c>linux-x64</c>.</param>
/// <param name="Integrity"><c>sha512-</c> and the hash of the archive in Base64.</param>
internal sealed record NodePackage(string Machine, string Version, string Integrity)
{
    private static readonly NodePackage[] Pinned =
    [
        new("linux-x64", "24.21.0", "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q=="),
        new("linux-arm64", "24.21.0", "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g=="),
        new("darwin-x64", "24.18.1", "sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ=="),
        new("win-x64", "24.21.0", "sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA=="),
    ];

    /// <summary>Null when there is none.</summary>
    public static NodePackage? ForThisMachine()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var processor = OperatingSystem.IsWindows() || RuntimeInformation.OSArchitecture == Architecture.X64 ? "x64" : "arm64";
        var supported = RuntimeInformation.OSArchitecture is Architecture.X64 or Architecture.Arm64
            && !RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);
        return Pinned.FirstOrDefault(package => supported && package.Machine == $"{system}-{processor}");
    }

    /// <returns>Path of the program in the cache.</returns>
    /// <exception cref="PackageException">It cannot be downloaded, or its hash differs. The cache is unchanged.</exception>
    public async Task<string> FetchAsync(Uri? registry, string cache, ILogger logger, CancellationToken ct)
    {
        var folder = Path.Combine(cache, $"node-{Version}-{Machine}");
        if (!Directory.Exists(folder))
        {
            var address = new Uri(PackageRegistry.Address(registry), $"node-{Machine}/-/node-{Machine}-{Version}.tgz");
            logger.LogInformation(
                "Found no recent Node.js; downloading {Address} once, to {Folder}.", address, folder);
            await PackageArchive.InstallAsync(address, Integrity, "package/bin/", folder, finish: null, ct);
        }

        return Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node");
    }
}
