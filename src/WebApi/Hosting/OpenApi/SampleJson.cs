using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ChatPlatform.Application.Common;
using ChatPlatform.WebApi.Hosting.Json;

namespace ChatPlatform.WebApi.Hosting.OpenApi;

/// <summary>Builds an example of a wire type with the dialect's JSON options and plausible values.</summary>
internal sealed class SampleJson(JsonSerializerOptions options)
{
    private const int MaxDepth = 6;

    private static readonly DateTime Time = new(2026, 6, 15, 12, 30, 0, 250, DateTimeKind.Utc);

    private static readonly Dictionary<string, string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["name"] = "ada",
        ["username"] = "ada",
        ["displayName"] = "Ada Lovelace",
        ["firstname"] = "Ada",
        ["lastname"] = "Lovelace",
        ["body"] = "It weaves algebraic patterns.",
        ["text"] = "It weaves algebraic patterns.",
        ["title"] = "Analytical engines",
        ["description"] = "All about engines that compute.",
        ["createdBy"] = "ada",
        ["service"] = "internal",
        ["status"] = "ok",
        ["type"] = "TEXT",
        ["groupTag"] = "gallery-1",
        ["contentType"] = "image/png",
        ["url"] = "https://example.com/engine.png",
        ["href"] = "https://chat.example.com/v1/applications/1",
        ["displayPictureUrl"] = "https://chat.example.com/v1/picture/Ada+Lovelace",
        ["invitation"] = "https://chat.example.com/i/Jc3nq0p1T5mXr2vYw8uZ4A",
        ["reason"] = "The user 'eve' is not known.",
        ["idempotencyKey"] = "message-1",
        ["user"] = "ada",
        ["email"] = "ada@example.com",
        ["address"] = "ada@example.com",
        ["userId"] = "2",
        ["_id"] = "2",
        ["authToken"] = "bW9yZSB0aGFuIGEgZGljZSBjYW4gcm9sbCBpbiBhIGxp",
        ["access_token"] = "aInKIaN38UWBVr4uuUjghCj2AeBQWA7FGQWXxqLsHk8",
        ["accessToken"] = "aInKIaN38UWBVr4uuUjghCj2AeBQWA7FGQWXxqLsHk8",
        ["tokenType"] = "bearer",
        ["scope"] = "create:* read:* update:* delete:*",
        ["t"] = "c",
    };

    public JsonNode? Of(Type type) => Of(type, "", 0);

    private JsonNode? Of(Type type, string name, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>))
        {
            return Of(type.GetGenericArguments()[0], name, depth);
        }

        if (type == typeof(string))
        {
            return Texts.GetValueOrDefault(name, "text");
        }

        if (type == typeof(RawJson) || type == typeof(JsonElement) || type == typeof(object))
        {
            return new JsonObject();
        }

        if (type.IsEnum)
        {
            return JsonSerializer.SerializeToNode(Enum.GetValues(type).GetValue(0), type, options);
        }

        if (type == typeof(DateTime))
        {
            return JsonSerializer.SerializeToNode(Time, options);
        }

        if (type == typeof(Guid))
        {
            return "5a9b042b-36ca-4aab-ba50-7ceda030d33f";
        }

        if (type.IsPrimitive)
        {
            return type == typeof(bool) ? true : JsonSerializer.SerializeToNode(Convert.ChangeType(1, type, null), type, options);
        }

        if (type.IsValueType && type.GetConstructor([typeof(DateTime)]) is { } moment)
        {
            return JsonSerializer.SerializeToNode(moment.Invoke([Time]), type, options);
        }

        return depth == MaxDepth ? null : OfMembers(type, depth);
    }

    private JsonNode? OfMembers(Type type, int depth)
    {
        var generic = type.IsGenericType ? type.GetGenericArguments() : [];
        if (generic.Length == 2 && type.Name.Contains("Dictionary", StringComparison.Ordinal))
        {
            return new JsonObject { ["self"] = Of(generic[1], "", depth + 1) };
        }

        if (type.IsAssignableTo(typeof(IEnumerable)) || type.Name.StartsWith("IAsyncEnumerable", StringComparison.Ordinal))
        {
            var item = type.GetElementType() ?? generic.FirstOrDefault();
            return item is null ? new JsonArray() : new JsonArray(Of(item, "", depth + 1));
        }

        var example = new JsonObject();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetCustomAttribute<JsonIgnoreAttribute>() is null
                && Of(property.PropertyType, property.Name, depth + 1) is { } value)
            {
                example[NameOf(property)] = value;
            }
        }

        return example;
    }

    private string NameOf(PropertyInfo property) => property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
        ?? options.PropertyNamingPolicy?.ConvertName(property.Name) ?? property.Name;
}
