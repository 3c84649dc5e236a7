using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatPlatform.Application.Common;

/// <summary>RFC 7396. Of a duplicate member the last one counts.</summary>
public static class JsonMergePatch
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Apply(string target, string patch)
    {
        using var before = JsonDocument.Parse(target);
        using var change = JsonDocument.Parse(patch);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            Write(writer, before.RootElement, change.RootElement);
        }

        // An unchanged object keeps its text, so that entities see no change.
        using var after = JsonDocument.Parse(buffer.WrittenMemory);
        return JsonElement.DeepEquals(before.RootElement, after.RootElement) ? target : Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement? target, JsonElement patch)
    {
        if (patch.ValueKind is not JsonValueKind.Object)
        {
            patch.WriteTo(writer);
            return;
        }

        var members = Members(target);
        var changes = Members(patch);
        writer.WriteStartObject();
        foreach (var (name, value) in members.Where(member => !changes.ContainsKey(member.Key)))
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        foreach (var (name, value) in changes.Where(change => change.Value.ValueKind is not JsonValueKind.Null))
        {
            writer.WritePropertyName(name);
            Write(writer, members.TryGetValue(name, out var member) ? member : null, value);
        }

        writer.WriteEndObject();
    }

    private static Dictionary<string, JsonElement> Members(JsonElement? value)
    {
        var members = new Dictionary<string, JsonElement>();
        if (value is { ValueKind: JsonValueKind.Object } element)
        {
            foreach (var member in element.EnumerateObject())
            {
                members[member.Name] = member.Value;
            }
        }

        return members;
    }
}
