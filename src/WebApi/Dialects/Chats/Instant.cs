using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPlatform.WebApi.Hosting.OpenApi;

namespace ChatPlatform.WebApi.Dialects.Chats;

/// <summary>A time in ISO 8601. Written in UTC with milliseconds; read with any offset, default UTC.</summary>
[StringSchema("date-time")]
public readonly record struct Instant(DateTime Utc) : IParsable<Instant>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly string[] ReadFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"];

    public override string ToString() => Utc.ToString(Format, CultureInfo.InvariantCulture);

    public static Instant Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var instant) ? instant : throw new FormatException($"'{s}' is not an ISO 8601 instant.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Instant result)
    {
        const DateTimeStyles style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var read = DateTime.TryParseExact(s, ReadFormats, CultureInfo.InvariantCulture, style, out var utc);
        result = new Instant(utc);
        return read;
    }
}

internal sealed class InstantConverter : JsonConverter<Instant>
{
    public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && Instant.TryParse(reader.GetString(), null, out var instant)
            ? instant
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
