using ChatPlatform.Infrastructure.Functions.Node;
using ChatPlatform.Infrastructure.Packages;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.Functions.Dependencies;

/// <summary>A pinned npm, since an installed one may lack the options used here.</summary>
internal static class NpmPackage
{
    private const string Version = "11.21.2";
    private const string Integrity = "sha512-7HPApk+AflMUavSseL1Pm6CnYqMIHk53x+KmuhqmTDqPkjPMgxIpTPcTqsE91EKNw4gFBJV9fnXiSdGm1DXq9A==";

    /// <returns>The folder of npm.</returns>
    /// <exception cref="FunctionsUnavailableException">It cannot be downloaded.</exception>
    public static async Task<string> FetchAsync(Uri? registry, string cache, ILogger logger, CancellationToken ct)
    {
        var folder = Path.Combine(cache, $"npm-{Version}");
        try
        {
            if (!Directory.Exists(folder))
            {
                var address = new Uri(PackageRegistry.Address(registry), $"npm/-/npm-{Version}.tgz");
                logger.LogInformation("Downloading npm {Address} once, to {Folder}.", address, folder);
                await PackageArchive.InstallAsync(address, Integrity, "package/", folder, finish: null, ct);
            }
        }
        catch (PackageException failure)
        {
            throw new FunctionsUnavailableException($"npm is required to install packages. {failure.Message}", failure);
        }

        return folder;
    }
}
