using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatPlatform.Infrastructure.Functions.Node;
using ChatPlatform.Infrastructure.Packages;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Functions.Dependencies;

/// <summary>Folders of applications' packages: <c>{application}/{revision}</c>, each complete and read-only once it exists.</summary>
internal sealed class DependencyStore(IOptions<FunctionOptions> options, ILogger<DependencyStore> logger)
{
    private const string MachineFolder = "/var/lib/chatplatform";
    private static readonly TimeSpan AbandonedAfter = TimeSpan.FromDays(1);

    private string? _root;

    /// <summary>The relative name, as stored in the database: the root differs between servers.</summary>
    public static string NameOf(long applicationId, long revision) =>
        string.Create(CultureInfo.InvariantCulture, $"{applicationId}/{revision}");

    /// <summary>The absolute path on this server.</summary>
    public async Task<string> PathOfAsync(string name, CancellationToken ct) => Path.Combine(await RootAsync(ct), name);

    /// <summary>A new folder to install into, on the same volume as the final one.</summary>
    public async Task<string> CreateStagingFolderAsync(CancellationToken ct)
    {
        var root = await RootAsync(ct);
        var limit = TimeProvider.System.GetUtcNow().UtcDateTime - AbandonedAfter;
        foreach (var abandoned in Directory.EnumerateDirectories(root, ".draft-*")
            .Where(path => Directory.GetLastWriteTimeUtc(path) < limit))
        {
            Delete(abandoned);
        }

        var draft = Path.Combine(root, $".draft-{Guid.NewGuid():n}");
        SharedFolder.Create(draft);
        return draft;
    }

    /// <summary>Renames the folder. Of two concurrent installations of one revision, the first one stays.</summary>
    public static void Publish(string draft, string folder)
    {
        SharedFolder.Create(Path.GetDirectoryName(folder)!);
        try
        {
            Directory.Move(draft, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Delete(draft);
        }
    }

    public async Task RemoveOthersAsync(long applicationId, IReadOnlyCollection<long> keptRevisions, CancellationToken ct)
    {
        var application = await ApplicationAsync(applicationId, ct);
        var names = keptRevisions.Select(revision => revision.ToString(CultureInfo.InvariantCulture)).ToHashSet();
        if (Directory.Exists(application))
        {
            foreach (var folder in Directory.EnumerateDirectories(application).Where(folder => !names.Contains(Path.GetFileName(folder))))
            {
                Delete(folder);
            }
        }
    }

    /// <summary>Read-only folders must become writable before they can be deleted, except by root.</summary>
    public static void Delete(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        if (!OperatingSystem.IsWindows())
        {
            foreach (var subfolder in Directory.EnumerateDirectories(folder, "*", AllEntries).Prepend(folder))
            {
                File.SetUnixFileMode(subfolder, SharedFolder.Mode);
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Skips no entry and does not follow links.</summary>
    internal static EnumerationOptions AllEntries { get; } = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
    };

    private async Task<string> ApplicationAsync(long applicationId, CancellationToken ct) =>
        Path.Combine(await RootAsync(ct), applicationId.ToString(CultureInfo.InvariantCulture));

    private async Task<string> RootAsync(CancellationToken ct)
    {
        if (_root is { } cached)
        {
            return cached;
        }

        var root = Path.GetFullPath(options.Value.Folder);
        SharedFolder.Create(root);
        if (!OperatingSystem.IsWindows() && SandboxLauncher.RuntimeUser() is { } reader && !await reader.CanEnterAsync(root, ct))
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..16];
            var moved = Path.Combine(MachineFolder, $"functions-{hash}");
            logger.LogWarning(
                "The accounts of functions cannot read {Root}; their packages are stored in {Moved} instead.", root, moved);
            SharedFolder.Create(moved);
            root = moved;
        }

        return _root = root;
    }
}
