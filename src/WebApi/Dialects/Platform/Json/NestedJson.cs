using System.Text.Json;

namespace ChatPlatform.WebApi.Dialects.Platform.Json;

internal static class NestedJson
{
    /// <summary>Reads a value inside a converter, and reports errors under the name of the enclosing member.</summary>
    public static T? Read<T>(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(ref reader, options);
        }
        catch (JsonException malformed)
        {
            // A path set here would hide that of the member; without one the serializer sets its own.
            throw new JsonException(malformed.Message, malformed.InnerException);
        }
    }
}
