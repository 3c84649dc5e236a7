using System.Globalization;
using System.Text.RegularExpressions;

namespace ChatPlatform.Infrastructure.Postgres;

/// <summary>Where operating systems install PostgreSQL's programs, in the order of use.</summary>
internal static partial class MachineFolders
{
    private static readonly (string Root, string Pattern, string Below)[] KnownLocations = OperatingSystem.IsWindows()
        ? [(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*", "bin")]
        :
        [
            ("/usr/lib/postgresql", "*", "bin"),
            ("/usr", "pgsql-*", "bin"),
            ("/usr/libexec", "postgresql*", ""),
            ("/opt/homebrew/opt", "postgresql*", "bin"),
            ("/usr/local/opt", "postgresql*", "bin"),
            ("/home/linuxbrew/.linuxbrew/opt", "postgresql*", "bin"),
            ("/Applications/Postgres.app/Contents/Versions", "*", "bin"),
        ];

    public static IEnumerable<string> InOrder() =>
        OnPath().Concat(KnownLocations.SelectMany(location => NewestFirst(location.Root, location.Pattern, location.Below))).Distinct();

    public static IEnumerable<string> NewestFirst(string root, string pattern, string below) =>
        Directory.Exists(root)
            ? Directory.EnumerateDirectories(root, pattern).OrderByDescending(VersionIn).Select(folder => Path.Combine(folder, below))
            : [];

    /// <summary>PATH often contains links to only some of the programs, so links are resolved to the real folder.</summary>
    private static IEnumerable<string> OnPath() =>
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        where Path.IsPathFullyQualified(folder)
        let program = new FileInfo(Path.Combine(folder, OperatingSystem.IsWindows() ? "postgres.exe" : "postgres"))
        where program.Exists
        select (program.ResolveLinkTarget(returnFinalTarget: true) ?? program).FullName into target
        select Path.GetDirectoryName(target);

    private static double VersionIn(string folder) =>
        double.TryParse(Number().Match(Path.GetFileName(folder)).ValueSpan, CultureInfo.InvariantCulture, out var version) ? version : 0;

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex Number();
}
