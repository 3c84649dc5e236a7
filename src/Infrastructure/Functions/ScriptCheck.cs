using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Functions.Node;

namespace ChatPlatform.Infrastructure.Functions;

/// <summary>Has scripts parsed, in a process that ends with it and runs nothing of them.</summary>
internal sealed partial class ScriptCheck(NodeRuntime node)
{
    private static readonly ScriptError Unreadable = new("The script cannot be parsed.", 1, 1);

    /// <exception cref="FunctionsUnavailableException">There is nothing to parse it with.</exception>
    public async Task<ScriptError?> RunAsync(string script, CancellationToken ct)
    {
        var confinement = await node.PrepareAsync(ct);
        if (await AnswerAsync(confinement.StartScript(0, dependencies: null, "check.mjs"), script, ct) is not { } check)
        {
            return Unreadable;
        }

        // Only Node.js's own check says where a module is wrong.
        if (check.Module is null)
        {
            return check.Error?.ToError();
        }

        var module = await ShortProcess.TryRunAsync(confinement.StartModuleCheck(), check.Module, ct);
        return module is { ExitCode: 0 } ? null
            : (check.Modular ? LocatedIn(module?.Errors ?? string.Empty) : check.Error?.ToError()) ?? Unreadable;
    }

    private static async Task<Answer?> AnswerAsync(ProcessStartInfo start, string script, CancellationToken ct)
    {
        if (await ShortProcess.TryRunAsync(start, script, ct) is not { ExitCode: 0 } ended)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Answer>(ended.Output, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The name with the line, the line itself, marks under the place, and further down the message.</summary>
    private static ScriptError? LocatedIn(string complaint)
    {
        var place = Place().Match(complaint);
        var message = Message().Match(complaint);
        return place.Success && message.Success && int.TryParse(place.Groups["line"].ValueSpan, out var line)
            ? new ScriptError(message.Groups[1].Value, line, place.Groups["indent"].Length + 1)
            : null;
    }

    [GeneratedRegex(@"^\[stdin\]:(?<line>\d+)\r?\n.*\r?\n(?<indent>[ \t]*)\^", RegexOptions.Multiline)]
    private static partial Regex Place();

    [GeneratedRegex(@"^SyntaxError: (.*?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Message();

    private sealed record Answer(string? Module, bool Modular, Failure? Error);

    private sealed record Failure(string? Message, int Line, int Column)
    {
        public ScriptError ToError() => new(Message ?? "Syntax error", Math.Max(Line, 1), Math.Max(Column, 1));
    }
}
