using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Functions.Node;

namespace ChatPlatform.Infrastructure.Functions;

/// <summary>Parses scripts without running them, each in a process of its own.</summary>
internal sealed partial class ScriptCheck(NodeRuntime node)
{
    private static readonly ScriptError Unreadable = new("The script cannot be parsed.", 1, 1);

    /// <exception cref="FunctionsUnavailableException">Scripts cannot run here.</exception>
    public async Task<ScriptError?> RunAsync(string script, CancellationToken ct)
    {
        var launcher = await node.PrepareAsync(ct);
        if (await RunCheckAsync(launcher.StartScript(0, dependencies: null, "check.mjs"), script, ct) is not { } check)
        {
            return Unreadable;
        }

        // Only the check of Node.js reports the position of an error in a module.
        if (check.Module is null)
        {
            return check.Error?.ToError();
        }

        var module = await OneShotProcess.TryRunAsync(launcher.StartModuleCheck(), check.Module, ct);
        return module is { ExitCode: 0 } ? null
            : (check.Modular ? LocateError(module?.Errors ?? string.Empty) : check.Error?.ToError()) ?? Unreadable;
    }

    private static async Task<CheckResult?> RunCheckAsync(ProcessStartInfo start, string script, CancellationToken ct)
    {
        if (await OneShotProcess.TryRunAsync(start, script, ct) is not { ExitCode: 0 } result)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<CheckResult>(result.Output, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The output has the name with the line number, the line, a mark below the error, and later the message.</summary>
    private static ScriptError? LocateError(string errorOutput)
    {
        var position = Position().Match(errorOutput);
        var message = Message().Match(errorOutput);
        return position.Success && message.Success && int.TryParse(position.Groups["line"].ValueSpan, out var line)
            ? new ScriptError(message.Groups[1].Value, line, position.Groups["indent"].Length + 1)
            : null;
    }

    [GeneratedRegex(@"^\[stdin\]:(?<line>\d+)\r?\n.*\r?\n(?<indent>[ \t]*)\^", RegexOptions.Multiline)]
    private static partial Regex Position();

    [GeneratedRegex(@"^SyntaxError: (.*?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Message();

    private sealed record CheckResult(string? Module, bool Modular, Failure? Error);

    private sealed record Failure(string? Message, int Line, int Column)
    {
        public ScriptError ToError() => new(Message ?? "Syntax error", Math.Max(Line, 1), Math.Max(Column, 1));
    }
}
