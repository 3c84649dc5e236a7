using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatPlatform.Application.Functions;

namespace ChatPlatform.Infrastructure.Functions.Processes;

/// <summary>The scripts that were sent to a process, each once, and readable names for them.</summary>
/// <param name="root">Folder that the process sees as theirs.</param>
internal sealed partial class LoadedScripts(string root)
{
    /// <summary>A process keeps every version that it has received.</summary>
    private const int MaxScripts = 64;

    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<(long Function, int Version), (string Source, string Script)> _sent = [];

    public bool IsFull => _names.Count >= MaxScripts;

    public object StartMessage(FunctionEnvironment environment, FunctionOptions options) => new
    {
        type = "init",
        root,
        variables = JsonSerializer.Serialize(environment.Variables),
        initialization = environment.InitializationScript,
        resultLimit = options.ResultCharacters,
        lineLimit = options.ConsoleLines,
        consoleLimit = options.ConsoleCharacters,
        floodLimit = options.FloodCharacters,
    };

    /// <summary>The script, unless it was sent before, and the call.</summary>
    public IEnumerable<object> MessagesFor(Invocation invocation)
    {
        var request = invocation.Request;
        var messages = new List<object>(2);
        lock (_sent)
        {
            if (!_sent.TryGetValue((request.FunctionId, request.Version), out var known) || known.Source != request.Script)
            {
                known = (request.Script, _names.Count.ToString(CultureInfo.InvariantCulture));
                _sent[(request.FunctionId, request.Version)] = known;
                _names[known.Script] = request.Name;
                messages.Add(new { type = "script", script = known.Script, source = request.Script });
            }

            messages.Add(new { type = "invoke", id = invocation.Id, script = known.Script, @event = request.Event.GetRawText() });
        }

        return messages;
    }

    /// <summary>Replaces the virtual paths of scripts by the names of functions.</summary>
    public string Readable(string? text) => ScriptPath().Replace(
        PlainJson.Text(text).Replace("file://" + root, root, StringComparison.Ordinal)
            .Replace(root + "/", string.Empty, StringComparison.Ordinal),
        match => match.Groups["script"].Success ? NameOf(match.Groups["script"].Value) : "initialization");

    /// <summary>Removes the frames of Node.js and of runtime-js; null when none is left.</summary>
    public string? ReadableStack(string? stack)
    {
        var lines = (stack ?? string.Empty).Split('\n').Where(line => !InternalFrame().IsMatch(line)).ToList();
        return lines.Exists(line => line.StartsWith("    at ", StringComparison.Ordinal)) ? Readable(string.Join('\n', lines)) : null;
    }

    private string NameOf(string script)
    {
        lock (_sent)
        {
            return _names.GetValueOrDefault(script, "function");
        }
    }

    [GeneratedRegex(@"(?:function-(?<script>\d+)|initialization)-\d+(?:\.mjs)?(?:\?exported)?(?=:\d)")]
    private static partial Regex ScriptPath();

    [GeneratedRegex(
        @"^    at (?:.*[\s(])?(?:node:|file://[^)]*/(?:main|script|context|fetch|http|lockdown|pipe)\.mjs:|<anonymous>|native)")]
    private static partial Regex InternalFrame();
}
