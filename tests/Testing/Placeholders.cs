using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ChatPlatform.Testing;

/// <summary>
/// Replaces values that differ between runs by <c>&lt;id-1&gt;</c>, <c>&lt;time-1&gt;</c>, <c>&lt;guid-1&gt;</c>; equal values get equal
/// placeholders.
/// </summary>
internal sealed partial class Placeholders
{
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, int> _counts = [];

    public JsonNode? Replace(JsonNode? node, string? property = null) => node switch
    {
        JsonObject o => new JsonObject(o.Select(pair => KeyValuePair.Create(pair.Key, Replace(pair.Value, pair.Key)))),
        JsonArray a => new JsonArray([.. a.Select(item => Replace(item, property))]),
        JsonValue v when v.GetValueKind() is JsonValueKind.String => InText(v.GetValue<string>(), property),
        JsonValue v when v.GetValueKind() is JsonValueKind.Number && IsId(property) => Name("id", v.ToJsonString()),
        _ => node?.DeepClone(),
    };

    private string InText(string text, string? property)
    {
        if (IsId(property) && text.Length > 0 && text.All(char.IsAsciiDigit))
        {
            return Name("id", text);
        }

        text = Guids().Replace(text, match => Name("guid", match.Value));
        text = Times().Replace(text, match => Name("time", match.Value));
        return IdsInPaths().Replace(text, match => Name("id", match.Value));
    }

    private static bool IsId(string? property) => property is not null
        && (property is "id" || property.EndsWith("Id", StringComparison.Ordinal) || property.EndsWith("_id", StringComparison.Ordinal));

    private string Name(string kind, string value)
    {
        var key = $"{kind} {value}";
        if (!_names.TryGetValue(key, out var name))
        {
            _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
            _names[key] = name = $"<{kind}-{_counts[kind]}>";
        }

        return name;
    }

    [GeneratedRegex("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")]
    private static partial Regex Guids();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})?")]
    private static partial Regex Times();

    [GeneratedRegex(@"(?<=/)\d+(?=/|\?|$)")]
    private static partial Regex IdsInPaths();
}
