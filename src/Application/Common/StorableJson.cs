using System.Globalization;
using System.Text.Json;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Common;

/// <summary>The JSON that the database can store: no NUL, no unpaired surrogates, no extreme numbers.</summary>
public static class StorableJson
{
    private const int MaxExponent = 10_000;

    public static bool IsStorable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(member => NameOf(member) is not null && IsStorable(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(IsStorable),
        JsonValueKind.String => TextOf(value) is not null,
        JsonValueKind.Number => IsInRange(value.GetRawText()),
        _ => true,
    };

    /// <summary>Null if the database cannot store the text.</summary>
    public static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString() is { } text && StorableText.IsStorable(text) ? text : null;
        }
        catch (InvalidOperationException)
        {
            // An escaped unpaired surrogate.
            return null;
        }
    }

    private static string? NameOf(JsonProperty member)
    {
        try
        {
            return StorableText.IsStorable(member.Name) ? member.Name : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static bool IsInRange(string number)
    {
        var exponent = number.AsSpan(number.IndexOfAny(['e', 'E']) + 1);
        return exponent.Length == number.Length
            || (int.TryParse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power)
                && power is >= -MaxExponent and <= MaxExponent);
    }
}
