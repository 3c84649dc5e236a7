using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using ChatPlatform.Infrastructure.Packages;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>The folders of one private server, and the account that owns them.</summary>
internal sealed record PostgresHome(string Root, UnprivilegedUser? User)
{
    // Not under /var/tmp: many systems delete files there after a month without use.
    private const string RootUserFolder = "/var/lib/chatplatform";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Data => DataOf(Root);

    public string Log => Path.Combine(Root, "log");

    public string StartLog => Path.Combine(Log, "start.log");

    public string Socket => Path.Combine(Root, "socket");

    public string Lock => Path.Combine(Root, "owner.lock");

    public string Password => Path.Combine(Root, "password");

    /// <summary>PostgreSQL's major version that created the cluster; null before the first start.</summary>
    public int? ClusterMajor
    {
        get
        {
            var version = Path.Combine(Data, "PG_VERSION");
            return File.Exists(version) ? int.Parse(File.ReadAllText(version), CultureInfo.InvariantCulture) : null;
        }
    }

    /// <summary>Creates the folder for PostgreSQL's account, at another place if that account cannot access it.</summary>
    public static async Task<PostgresHome> PrepareAsync(string requested, ILogger logger, CancellationToken ct)
    {
        var root = Path.GetFullPath(requested);
        var home = new PostgresHome(root, User: null);
        if (!OperatingSystem.IsWindows())
        {
            UnprivilegedUser.RequireName(Libc.EffectiveUser());
            home = UnprivilegedUser.IsNeeded ? await ForRootAsync(root, logger, ct) : home;
        }

        home.EnsureOwnFolder();
        home.CreateFolder(home.Root);
        if (!OperatingSystem.IsWindows())
        {
            home.TransferOwnership();
        }

        home.CreateFolder(home.Log);
        return home;
    }

    /// <summary>Creates a folder for the server's account only; an existing one is not changed.</summary>
    public void CreateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Directory.CreateDirectory(path, OwnerOnly);
        User?.ChangeOwner(path);
    }

    /// <summary>As root, this gives the folder away: a wrong setting must not take a user's own folder.</summary>
    private void EnsureOwnFolder()
    {
        if (Directory.Exists(Root) && !File.Exists(Lock) && Directory.EnumerateFileSystemEntries(Root).Any(entry => entry != Log))
        {
            throw new PrivatePostgresException(
                $"The database folder {Root} is not empty and does not contain a database; choose another folder.");
        }
    }

    /// <summary>An administrator may have created the folder, or root copied it with its cluster.</summary>
    [UnsupportedOSPlatform("windows")]
    private void TransferOwnership()
    {
        if (User is null)
        {
            return;
        }

        foreach (var folder in new[] { Data, Log }.Where(folder => Directory.Exists(folder) && Libc.OwnerOf(folder) != User.User))
        {
            User.ChangeOwnerRecursively(folder);
        }

        User.ChangeOwner(Root);
    }

    [UnsupportedOSPlatform("windows")]
    private static async Task<PostgresHome> ForRootAsync(string requested, ILogger logger, CancellationToken ct)
    {
        var parent = Path.GetDirectoryName(requested) ?? requested;
        Directory.CreateDirectory(parent);
        var user = UnprivilegedUser.For(DataOf(requested));
        if (await user.CanEnterAsync(parent, ct))
        {
            return new PostgresHome(requested, user);
        }

        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(requested)))[..16];
        var moved = Path.Combine(RootUserFolder, $"postgres-{mark}");
        logger.LogWarning(
            "PostgreSQL runs as user {User}, who cannot access {Parent}; the database is stored in {Moved} instead of {Requested}.",
            user.Name, parent, moved, requested);
        SharedFolder.Create(RootUserFolder);
        return new PostgresHome(moved, UnprivilegedUser.For(DataOf(moved)));
    }

    private static string DataOf(string root) => Path.Combine(root, "data");
}
