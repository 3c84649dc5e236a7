using ChatPlatform.Infrastructure.Postgres;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.Packages;

/// <summary>The folder of downloaded programs.</summary>
internal static class PackageCache
{
    private const string MachineFolder = "/var/cache/chatplatform";

    /// <summary>Creates the folder; as root, one from which <paramref name="user"/> can run programs.</summary>
    public static async Task<string> PrepareAsync(string? configured, UnprivilegedUser? user, ILogger logger, CancellationToken ct)
    {
        var folder = Path.GetFullPath(configured ?? UserFolder());
        Directory.CreateDirectory(folder);
        if (user is null || OperatingSystem.IsWindows() || await user.CanEnterAsync(folder, ct))
        {
            return folder;
        }

        logger.LogInformation(
            "User {User} cannot access {Folder}; programs are stored in {MachineFolder}.", user.Name, folder, MachineFolder);
        SharedFolder.Create(MachineFolder);
        return MachineFolder;
    }

    private static string UserFolder()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var caches = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches")
            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set && Path.IsPathFullyQualified(set) ? set
            : Path.Combine(home, ".cache");
        return Path.Combine(caches, "chatplatform");
    }
}
