using System.Diagnostics;
using System.Text.RegularExpressions;
using ChatPlatform.Infrastructure.Packages;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.Functions.Node;

/// <summary>Finds a Node.js that is new enough.</summary>
internal static partial class NodeProgram
{
    private const string Hint = "Install Node.js 22.15 or newer, or name its program with Functions:Node.";

    /// <summary>The configured one if there is one; else the one on PATH; else the package.</summary>
    /// <param name="cache">Where a downloaded one is kept.</param>
    /// <exception cref="FunctionsUnavailableException">There is none, and none can be had.</exception>
    public static async Task<string> LocateAsync(FunctionOptions options, string cache, ILogger logger, CancellationToken ct)
    {
        if (options.Node is { } configured)
        {
            var version = await VersionOfAsync(configured, ct);
            return version is not null && IsSupported(version)
                ? Path.GetFullPath(configured)
                : throw new FunctionsUnavailableException(
                    $"Functions:Node names {configured}, which is {(version is null ? "no Node.js" : $"Node.js {version}")}: "
                    + "22.15 or newer is needed.");
        }

        foreach (var program in options.SearchesPath ? OnPath() : [])
        {
            if (await VersionOfAsync(program, ct) is { } version && IsSupported(version))
            {
                return program;
            }
        }

        var package = NodePackage.ForThisMachine()
            ?? throw new FunctionsUnavailableException($"This machine has no Node.js, and none can be fetched for it. {Hint}");
        try
        {
            return await package.FetchAsync(options.Registry, cache, logger, ct);
        }
        catch (PackageException failure)
        {
            throw new FunctionsUnavailableException($"This machine has no Node.js that is new enough. {failure.Message} {Hint}", failure);
        }
    }

    /// <summary>
    /// Synchronous module hooks and type stripping as a function came with 22.15; what came between it and 24 may lack them.
    /// </summary>
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
