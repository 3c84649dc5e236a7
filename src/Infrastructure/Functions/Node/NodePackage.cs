using System.Runtime.InteropServices;
using ChatPlatform.Infrastructure.Packages;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.Functions.Node;

/// <summary>The npm package with the program of Node.js for one kind of machine: nothing of npm is needed to unpack it.</summary>
/// <param name="Machine">As in the package's name, such as <c>linux-x64</c>.</param>
/// <param name="Integrity">As the registry publishes it: <c>sha512-</c> and the archive's hash in Base64.</param>
internal sealed record NodePackage(string Machine, string Version, string Integrity)
{
    private static readonly NodePackage[] Pinned =
    [
        new("linux-x64", "24.21.0", "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q=="),
        new("linux-arm64", "24.21.0", "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g=="),
        new("darwin-x64", "24.18.1", "sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ=="),
        new("win-x64", "24.21.0", "sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA=="),
    ];

    /// <summary>Null when there is none for this machine.</summary>
    public static NodePackage? ForThisMachine()
    {
        var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
        var processor = OperatingSystem.IsWindows() || RuntimeInformation.OSArchitecture == Architecture.X64 ? "x64" : "arm64";
        var served = RuntimeInformation.OSArchitecture is Architecture.X64 or Architecture.Arm64
            && !RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);
        return Pinned.FirstOrDefault(package => served && package.Machine == $"{system}-{processor}");
    }

    /// <summary>Downloads and unpacks the package unless the cache has it. Answers the program.</summary>
    /// <exception cref="PackageException">It cannot be had, or is not what was pinned. The cache stays as it was.</exception>
    public async Task<string> FetchAsync(Uri? registry, string cache, ILogger logger, CancellationToken ct)
    {
        var folder = Path.Combine(cache, $"node-{Version}-{Machine}");
        if (!Directory.Exists(folder))
        {
            var address = new Uri(PackageRegistry.Address(registry), $"node-{Machine}/-/node-{Machine}-{Version}.tgz");
            logger.LogInformation(
                "No Node.js on this machine that is new enough: fetching {Address} once, into {Folder}.", address, folder);
            await PackageArchive.InstallAsync(address, Integrity, "package/bin/", folder, finish: null, ct);
        }

        return Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node");
    }
}
