using System.Diagnostics;
using System.Text.RegularExpressions;
using ChatPlatform.Infrastructure.Packages;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.Functions.Node;

internal static partial class NodeProgram
{
    private const string Hint = "Install Node.js 22.15 or newer, or set Functions:Node to its path.";

    /// <summary>The configured program, else a recent one on PATH, else the downloaded package.</summary>
    /// <param name="cache">Folder of the downloaded package.</param>
    /// <exception cref="FunctionsUnavailableException">There is none, and it cannot be downloaded.</exception>
    public static async Task<string> LocateAsync(FunctionOptions options, string cache, ILogger logger, CancellationToken ct)
    {
        if (options.Node is { } configured)
        {
            var version = await VersionOfAsync(configured, ct);
            return version is not null && IsSupported(version)
                ? Path.GetFullPath(configured)
                : throw new FunctionsUnavailableException(
                    $"Functions:Node is {configured}, which is {(version is null ? "not Node.js" : $"Node.js {version}")}: "
                    + "Node.js 22.15 or newer is required.");
        }

        foreach (var program in options.SearchesPath ? OnPath() : [])
        {
            if (await VersionOfAsync(program, ct) is { } version && IsSupported(version))
            {
                return program;
            }
        }

        var package = NodePackage.ForThisMachine()
            ?? throw new FunctionsUnavailableException($"Node.js was not found, and there is no package of it for this platform. {Hint}");
        try
        {
            return await package.FetchAsync(options.Registry, cache, logger, ct);
        }
        catch (PackageException failure)
        {
            throw new FunctionsUnavailableException($"Node.js 22.15 or newer was not found. {failure.Message} {Hint}", failure);
        }
    }

    /// <summary>22.15 added synchronous module hooks and the type stripping function; versions between it and 24 may lack them.</summary>
    private static bool IsSupported(Version version) => version.Major >= 24 || (version.Major == 22 && version.Minor >= 15);

    private static IEnumerable<string> OnPath() =>
        from folder in (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
        where Path.IsPathFullyQualified(folder)
        let program = new FileInfo(Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node"))
        where program.Exists
        select (program.ResolveLinkTarget(returnFinalTarget: true) ?? program).FullName;

    private static async Task<Version?> VersionOfAsync(string program, CancellationToken ct)
    {
        var start = new ProcessStartInfo(program, ["--version"]);
        start.Environment.Remove("NODE_OPTIONS");
        var result = await OneShotProcess.TryRunAsync(start, input: null, ct);
        return result is { ExitCode: 0 } && VersionPattern().Match(result.Output) is { Success: true } match
            ? Version.Parse(match.Groups[1].ValueSpan)
            : null;
    }

    [GeneratedRegex(@"^v(\d+\.\d+\.\d+)")]
    private static partial Regex VersionPattern();
}
