using System.Text.Json;
using System.Text.RegularExpressions;
using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Functions.Node;
using ChatPlatform.Infrastructure.Packages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Functions.Dependencies;

/// <summary>
/// Installs packages with npm in two steps: it writes the lock file, which is checked, and then installs exactly that, which is checked
/// again. Install scripts do not run.
/// </summary>
internal sealed partial class NpmInstaller(
    NodeRuntime node, DependencyStore store, IOptions<FunctionOptions> options, ILogger<NpmInstaller> logger) : IDependencyInstaller
{
    private const int MaxNameLength = 214;

    /// <summary>Exit code 128 + SIGXFSZ.</summary>
    private const int FileTooLarge = 128 + 25;

    private static readonly string[] CommonArguments =
    [
        "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--no-bin-links", "--omit=dev", "--json", "--loglevel=error",
        "--install-links=true", "--fetch-retries=1", "--fetch-retry-mintimeout=500",
    ];

    public async Task<InstalledDependencies> InstallAsync(
        long applicationId, long revision, IReadOnlyDictionary<string, string> dependencies, CancellationToken ct)
    {
        if (dependencies.FirstOrDefault(one => !IsValidPackage(one.Key, one.Value)) is { Key: not null } invalid)
        {
            return Failed($"'{invalid.Key}' '{invalid.Value}' is not a registry package with a version range such as 'left-pad' '^1.3.0'.");
        }

        try
        {
            var name = DependencyStore.NameOf(applicationId, revision);
            var folder = await store.PathOfAsync(name, ct);
            if (!Directory.Exists(folder))
            {
                var draft = await store.CreateStagingFolderAsync(ct);
                try
                {
                    await InstallIntoAsync(draft, dependencies, ct);
                    DependencyStore.Publish(Path.Combine(draft, "app"), folder);
                }
                finally
                {
                    DependencyStore.Delete(draft);
                }
            }

            return new InstalledDependencies(name, await LockFile.VersionsAsync(folder, dependencies.Keys, ct), null);
        }
        catch (InstallationException failure)
        {
            logger.LogInformation("Packages of application {Application} were not installed: {Reason}", applicationId, failure.Message);
            return Failed(failure.Message);
        }
        catch (Exception failure) when (failure is FunctionsUnavailableException or PackageException)
        {
            return Failed(failure.Message);
        }
    }

    public Task RemoveOthersAsync(long applicationId, IReadOnlyCollection<long> keptRevisions, CancellationToken ct) =>
        store.RemoveOthersAsync(applicationId, keptRevisions, ct);

    /// <summary>Rules out addresses of repositories, archives and folders, which npm would accept.</summary>
    private static bool IsValidPackage(string name, string version) =>
        name.Length <= MaxNameLength && PackageName().IsMatch(name) && version.Length <= MaxNameLength && VersionRange().IsMatch(version);

    private async Task InstallIntoAsync(string draft, IReadOnlyDictionary<string, string> dependencies, CancellationToken ct)
    {
        var registry = PackageRegistry.Address(options.Value.Registry);
        var app = Path.Combine(draft, "app");
        SharedFolder.Create(app);
        await File.WriteAllTextAsync(
            Path.Combine(app, "package.json"), JsonSerializer.Serialize(new { @private = true, dependencies }), ct);
        GiveToInstallerUser(draft);
        await NpmAsync(draft, registry, ["install", "--package-lock-only"], ct);
        await LockFile.CheckAsync(app, registry, options.Value.Packages, ct);
        await NpmAsync(draft, registry, ["ci"], ct);
        VerifyAndMakeReadOnly(app);
    }

    private async Task NpmAsync(string draft, Uri registry, string[] command, CancellationToken ct)
    {
        var launcher = await node.PrepareAsync(ct);
        var npm = await NpmPackage.FetchAsync(options.Value.Registry, await node.CacheAsync(ct), logger, ct);
        var maxBytes = options.Value.PackageMegabytes * 1024L * 1024;
        var start = launcher.StartNpm(
            npm, draft, maxBytes,
            [
                .. command, .. CommonArguments, $"--registry={registry}", $"--cache={draft}/cache", $"--userconfig={draft}/user",
                $"--globalconfig={draft}/global",
            ]);
        using var watched = CancellationTokenSource.CreateLinkedTokenSource(ct);

        // The folder holds the packages, and their archives in the cache of npm.
        var watch = WatchAsync(draft, maxBytes * 3, watched);
        try
        {
            var result = await OneShotProcess.TryRunAsync(start, input: null, watched.Token, options.Value.InstallTime)
                ?? throw new InstallationException($"npm did not finish within {options.Value.InstallTime.TotalSeconds} s.");
            if (result.ExitCode != 0)
            {
                throw result.ExitCode == FileTooLarge ? TooLarge() : new InstallationException(NpmErrorMessage.Of(result));
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw TooLarge();
        }
        finally
        {
            await watched.CancelAsync();
            await watch;
        }
    }

    /// <summary>Stops npm when the folder grows too large.</summary>
    private static async Task WatchAsync(string folder, long maxBytes, CancellationTokenSource running)
    {
        try
        {
            while (!running.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), running.Token);
                if (SizeOf(folder) > maxBytes)
                {
                    await running.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // npm has ended.
        }
    }

    private static long SizeOf(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles("*", DependencyStore.AllEntries).Sum(file => file.Length);
        }
        catch (IOException)
        {
            // npm moves files meanwhile.
            return 0;
        }
    }

    private static void GiveToInstallerUser(string draft)
    {
        if (!OperatingSystem.IsWindows())
        {
            SandboxLauncher.InstallerUser()?.ChangeOwnerRecursively(draft);
        }
    }

    private void VerifyAndMakeReadOnly(string app)
    {
        if (SizeOf(app) > options.Value.PackageMegabytes * 1024L * 1024)
        {
            throw TooLarge();
        }

        foreach (var path in new DirectoryInfo(app).EnumerateFileSystemInfos("*", DependencyStore.AllEntries))
        {
            if (path.LinkTarget is not null)
            {
                throw new InstallationException(
                    $"A package contains a link, which is not allowed: {Path.GetRelativePath(app, path.FullName)}");
            }
        }

        if (!OperatingSystem.IsWindows())
        {
            ReadOnlyTree.Apply(app);
        }
    }

    private InstallationException TooLarge() => new($"The packages take more than {options.Value.PackageMegabytes} MB.");

    private static InstalledDependencies Failed(string reason) => new(null, new Dictionary<string, string>(), reason);

    [GeneratedRegex(@"^(?:@[a-z0-9~-][a-z0-9._~-]*/)?[a-z0-9~-][a-z0-9._~-]*$")]
    private static partial Regex PackageName();

    [GeneratedRegex(@"^[\w.+^~<>=|*\- ]+$")]
    private static partial Regex VersionRange();
}
