using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatPlatform.Infrastructure.Functions.Processes;

/// <summary>Reads values of scripts as plain text and plain JSON.</summary>
internal static partial class PlainJson
{
    /// <summary>
    /// Null for invalid or too deeply nested JSON. Characters that cannot be stored (NUL, halves of surrogate pairs) are replaced.
    /// </summary>
    public static JsonElement? Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(
                Unstorable().Replace(Text(json), match => match.Groups[1].Success ? match.Value : "\ufffd"));
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string Text(string? text) => (text ?? string.Empty).Replace('\0', '\ufffd');

    [GeneratedRegex(@"(\\\\)|\\u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{2})")]
    private static partial Regex Unstorable();
}
