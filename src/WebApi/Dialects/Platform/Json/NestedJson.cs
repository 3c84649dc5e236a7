using System.Text.Json;

namespace ChatPlatform.WebApi.Dialects.Platform.Json;

internal static class NestedJson
{
    /// <summary>Reads a value from within a converter; what is wrong with it is told under the name of the member that holds it.</summary>
    public static T? Read<T>(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(ref reader, options);
        }
        catch (JsonException malformed)
        {
            // A path begun here would hide the member's; without one the serializer writes its own.
            throw new JsonException(malformed.Message, malformed.InnerException);
        }
    }
}
