using ChatPlatform.Infrastructure.Functions.Node;
using ChatPlatform.Infrastructure.Packages;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.Functions.Dependencies;

/// <summary>npm itself, always the same: the one on a machine may be older than what lies to the left of it here.</summary>
internal static class NpmPackage
{
    private const string Version = "11.21.2";
    private const string Integrity = "sha512-7HPApk+AflMUavSseL1Pm6CnYqMIHk53x+KmuhqmTDqPkjPMgxIpTPcTqsE91EKNw4gFBJV9fnXiSdGm1DXq9A==";

    /// <summary>The folder in which it lies.</summary>
    /// <exception cref="FunctionsUnavailableException">It cannot be had.</exception>
    public static async Task<string> FetchAsync(Uri? registry, string cache, ILogger logger, CancellationToken ct)
    {
        var folder = Path.Combine(cache, $"npm-{Version}");
        try
        {
            if (!Directory.Exists(folder))
            {
                var address = new Uri(PackageRegistry.Address(registry), $"npm/-/npm-{Version}.tgz");
                logger.LogInformation("Fetching npm {Address} once, into {Folder}.", address, folder);
                await PackageArchive.InstallAsync(address, Integrity, "package/", folder, finish: null, ct);
            }
        }
        catch (PackageException failure)
        {
            throw new FunctionsUnavailableException($"npm is needed to install packages. {failure.Message}", failure);
        }

        return folder;
    }
}
