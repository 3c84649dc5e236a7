using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ChatPlatform.WebApi.Dialects.Platform.Json;

/// <summary>
/// Reads member names in both cases; explicit names and map keys never change (docs/contracts/platform.md#media-types-and-casing).
/// </summary>
internal static class PlatformJson
{
    public static readonly JsonSerializerOptions Read = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { AcceptSnakeCase } },
        Converters = { Enums(), new OptionalConverterFactory() },
    };

    public static readonly JsonSerializerOptions WriteCamelCase = Write(JsonNamingPolicy.CamelCase);

    public static readonly JsonSerializerOptions WriteSnakeCase = Write(JsonNamingPolicy.SnakeCaseLower);

    private static JsonSerializerOptions Write(JsonNamingPolicy names) => new()
    {
        PropertyNamingPolicy = names,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { Enums(), new TimeConverter() },
    };

    private static JsonStringEnumConverter Enums() => new(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false);

    private static void AcceptSnakeCase(JsonTypeInfo type)
    {
        foreach (var property in type.Properties.ToList())
        {
            var snake = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            if (snake != property.Name && property.Set is not null)
            {
                var alias = type.CreateJsonPropertyInfo(property.PropertyType, snake);
                alias.Set = property.Set;
                alias.CustomConverter = property.CustomConverter;
                type.Properties.Add(alias);
            }
        }
    }
}
