using System.Security.Cryptography;
using System.Text;

namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>The folder of the server's socket. Entering it grants access to the database, so only the server's account may.</summary>
internal static class SocketFolder
{
    private const string ShortPrefix = "chatplatform-socket-";

    /// <summary>The limit of sockaddr_un, without the terminating zero.</summary>
    private static readonly int MaxPathBytes = OperatingSystem.IsMacOS() ? 103 : 107;

    /// <summary>Recreates the folder, in the database's own folder or, if that path is too long, in a temporary one.</summary>
    /// <param name="previous">The folder that clients know; null: none.</param>
    public static async Task<string> CreateAsync(PostgresHome home, string? previous, CancellationToken ct)
    {
        var usual = home.Socket;
        var folder = previous ?? (FitsSocketPath(usual) ? usual : await FindShortPathAsync(home.User, ct));
        Remove(home, folder);
        home.CreateFolder(folder);
        return folder;
    }

    /// <summary>Removes a stopped server's folder; other paths are not touched.</summary>
    public static void Remove(PostgresHome home, string folder)
    {
        var temporary = Path.GetFileName(folder).StartsWith(ShortPrefix, StringComparison.Ordinal)
            && TempFolders().Contains(Path.GetDirectoryName(folder));
        if ((temporary || folder == home.Socket) && Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Npgsql splits host lists at commas and colons.</summary>
    private static bool FitsSocketPath(string folder) =>
        Encoding.UTF8.GetByteCount(folder) + "/.s.PGSQL.5432".Length <= MaxPathBytes && folder.IndexOfAny([',', ':']) < 0;

    private static async Task<string> FindShortPathAsync(UnprivilegedUser? user, CancellationToken ct)
    {
        foreach (var temp in TempFolders())
        {
            var folder = Path.Combine(temp, ShortPrefix + RandomNumberGenerator.GetHexString(16, lowercase: true));
            if (FitsSocketPath(folder) && (user is null || OperatingSystem.IsWindows() || await user.CanEnterAsync(temp, ct)))
            {
                return folder;
            }
        }

        throw new PrivatePostgresException(
            $"The paths of the database folder and the temp folder are too long for a socket. {PrivatePostgresException.Hint}");
    }

    private static IEnumerable<string> TempFolders() => [Path.TrimEndingDirectorySeparator(Path.GetTempPath()), "/tmp"];
}
