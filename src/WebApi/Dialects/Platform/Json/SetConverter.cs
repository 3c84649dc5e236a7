using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatPlatform.WebApi.Dialects.Platform.Json;

/// <summary>A list that may also be <c>{}</c>: the vendor's client types use a JavaScript Set, which serializes to that.</summary>
internal sealed class SetConverter<T> : JsonConverter<IReadOnlyList<T>>
{
    public override IReadOnlyList<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.StartObject)
        {
            reader.Read();
            return reader.TokenType is JsonTokenType.EndObject ? [] : throw new JsonException();
        }

        return NestedJson.Read<List<T>>(ref reader, options);
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options);
}
