using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatPlatform.Application.Functions;

namespace ChatPlatform.Infrastructure.Functions.Workers;

/// <summary>The scripts that a process has been given, each once, and how what it says of them reads.</summary>
/// <param name="place">The folder in which the process believes them.</param>
internal sealed partial class WorkerScripts(string place)
{
    /// <summary>A process keeps every version that it was ever given.</summary>
    private const int Enough = 64;

    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<(long Function, int Version), (string Source, string Script)> _sent = [];

    public bool AreMany => _names.Count >= Enough;

    public object Start(FunctionEnvironment environment, FunctionOptions options) => new
    {
        type = "start",
        place,
        variables = JsonSerializer.Serialize(environment.Variables),
        initialization = environment.InitializationScript,
        resultLimit = options.ResultCharacters,
        lineLimit = options.ConsoleLines,
        consoleLimit = options.ConsoleCharacters,
        floodLimit = options.FloodCharacters,
    };

    /// <summary>What is to be sent for a call: the script, unless it is known, and the call.</summary>
    public IEnumerable<object> Call(RunningCall running)
    {
        var call = running.Call;
        var messages = new List<object>(2);
        lock (_sent)
        {
            if (!_sent.TryGetValue((call.FunctionId, call.Version), out var known) || known.Source != call.Script)
            {
                known = (call.Script, _names.Count.ToString(CultureInfo.InvariantCulture));
                _sent[(call.FunctionId, call.Version)] = known;
                _names[known.Script] = call.Name;
                messages.Add(new { type = "script", script = known.Script, source = call.Script });
            }

            messages.Add(new { type = "call", id = running.Id, script = known.Script, @event = call.Event.GetRawText() });
        }

        return messages;
    }

    /// <summary>With the functions' names where the process has made-up paths.</summary>
    public string Readable(string? text) => MadeUp().Replace(
        PlainJson.Text(text).Replace("file://" + place, place, StringComparison.Ordinal)
            .Replace(place + "/", string.Empty, StringComparison.Ordinal),
        match => match.Groups["script"].Success ? NameOf(match.Groups["script"].Value) : "initialization");

    /// <summary>Without the frames of Node.js and of our own scripts; null when none is left.</summary>
    public string? ReadableStack(string? stack)
    {
        var lines = (stack ?? string.Empty).Split('\n').Where(line => !Foreign().IsMatch(line)).ToList();
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
    private static partial Regex MadeUp();

    [GeneratedRegex(@"^    at (?:.*[\s(])?(?:node:|file://[^)]*/(?:worker|script|context|fetch|http|seal|pipe)\.mjs:|<anonymous>|native)")]
    private static partial Regex Foreign();
}
