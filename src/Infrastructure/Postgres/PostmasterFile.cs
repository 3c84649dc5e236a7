using System.Globalization;

namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>
/// <c>postmaster.pid</c>, which PostgreSQL keeps in its data folder while it runs; lines: process id, data folder, start (Unix seconds),
/// port, socket folder, address. A killed server leaves it behind.
/// </summary>
internal sealed record PostmasterFile(string Path, string Identity, int ProcessId, int Port, string SocketFolder)
{
    private const string Name = "postmaster.pid";
    private const int LinesThatNeverChange = 3;

    /// <summary>Null if absent or incomplete.</summary>
    public static PostmasterFile? TryRead(string cluster)
    {
        var path = System.IO.Path.Combine(cluster, Name);
        return TryReadLines(path) is { Length: > 4 } lines
            && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid)
            && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port)
            ? new PostmasterFile(path, Identify(lines), pid, port, lines[4])
            : null;
    }

    /// <summary>Whether the process is this server and not another one that reuses its id.</summary>
    public bool IsRunning()
    {
        if (!PostmasterProcess.IsAlive(ProcessId) || PostmasterProcess.NameOf(ProcessId) != "postgres")
        {
            return false;
        }

        try
        {
            // The postmaster's working directory is its data folder.
            return !OperatingSystem.IsLinux() || Identify(File.ReadAllLines($"/proc/{ProcessId}/cwd/{Name}")) == Identity;
        }
        catch (UnauthorizedAccessException)
        {
            // Root in a container may lack access; the name must suffice.
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string Identify(string[] lines) => string.Join('\n', lines.Take(LinesThatNeverChange));

    private static string[]? TryReadLines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
