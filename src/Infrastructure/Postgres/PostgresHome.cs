using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using ChatPlatform.Infrastructure.Packages;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>The folders of one private server, and the account they belong to.</summary>
/// <param name="User">Under whom the server runs; null: under the user of this process.</param>
internal sealed record PostgresHome(string Root, UnprivilegedUser? User)
{
    // Not under /var/tmp: what lies there untouched for a month is swept away on many systems, and this is a database.
    private const string RootUserFolder = "/var/lib/chatplatform";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Data => DataOf(Root);

    public string Log => Path.Combine(Root, "log");

    public string StartLog => Path.Combine(Log, "start.log");

    public string Socket => Path.Combine(Root, "socket");

    public string Lock => Path.Combine(Root, "owner.lock");

    public string Password => Path.Combine(Root, "password");

    /// <summary>The major version of PostgreSQL that made the cluster; null before the first start.</summary>
    public int? ClusterMajor
    {
        get
        {
            var version = Path.Combine(Data, "PG_VERSION");
            return File.Exists(version) ? int.Parse(File.ReadAllText(version), CultureInfo.InvariantCulture) : null;
        }
    }

    /// <summary>Makes the folder, elsewhere if PostgreSQL's account could not get to it, and hands it to that account.</summary>
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

    /// <summary>Makes a folder that only the server's account can enter. One that is there already stays as it is.</summary>
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

    /// <summary>As root we are about to give the folder away: a slip of the configuration must not cost somebody theirs.</summary>
    private void EnsureOwnFolder()
    {
        if (Directory.Exists(Root) && !File.Exists(Lock) && Directory.EnumerateFileSystemEntries(Root).Any(entry => entry != Log))
        {
            throw new PrivatePostgresException($"The database folder {Root} is neither empty nor a database's: name one that is its own.");
        }
    }

    /// <summary>The folder may have been made by an administrator, or copied by root together with its cluster.</summary>
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
        var above = Path.GetDirectoryName(requested) ?? requested;
        Directory.CreateDirectory(above);
        var user = UnprivilegedUser.For(DataOf(requested));
        if (await user.CanEnterAsync(above, ct))
        {
            return new PostgresHome(requested, user);
        }

        var mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(requested)))[..16];
        var moved = Path.Combine(RootUserFolder, $"postgres-{mark}");
        logger.LogWarning(
            "PostgreSQL runs as user {User}, who may not enter {Above}: the database lies in {Moved} instead of {Requested}.",
            user.Name, above, moved, requested);
        SharedFolder.Create(RootUserFolder);
        return new PostgresHome(moved, UnprivilegedUser.For(DataOf(moved)));
    }

    private static string DataOf(string root) => Path.Combine(root, "data");
}
