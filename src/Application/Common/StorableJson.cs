using System.Globalization;
using System.Text.Json;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Common;

/// <summary>
/// JSON that the database can store and that every client can read when it is written out. The database writes numbers without an
/// exponent, so the bounds apply to the form that is stored, not to the form that was sent (docs/contracts/platform.md#values-and-bounds).
/// </summary>
public static class StorableJson
{
    /// <summary>Enough for each number of 64 bits (at most 326 digits and 17 significant ones); parsers of integers allow 4,300.</summary>
    private const int MaxNumberLength = 400;

    /// <summary>A page nests properties in about ten levels of its own, and many parsers read 64.</summary>
    private const int MaxDepth = 50;

    public static readonly string TooLong = $"must be at most {TextLimits.Properties} characters long";

    /// <summary>Why the text cannot be stored as properties, for users; null if it can.</summary>
    public static string? ProblemOfObject(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return ProblemOfObject(document.RootElement);
        }
        catch (JsonException)
        {
            return "must be a JSON object";
        }
    }

    /// <inheritdoc cref="ProblemOfObject(string)"/>
    public static string? ProblemOfObject(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            return "must be a JSON object";
        }

        try
        {
            return LengthOf(value, 1) > TextLimits.Properties ? TooLong : null;
        }
        catch (UnstorableJsonException unstorable)
        {
            return unstorable.Message;
        }
    }

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

    /// <summary>Characters of the value without white space and needless escapes, and with numbers written out.</summary>
    private static long LengthOf(JsonElement value, int depth) => value.ValueKind switch
    {
        JsonValueKind.Object or JsonValueKind.Array when depth > MaxDepth =>
            throw new UnstorableJsonException($"must not be nested more than {MaxDepth} levels deep"),
        JsonValueKind.Object => 1 + Math.Max(1, value.EnumerateObject().Sum(member =>
            LengthOf(NameOf(member)) + 1 + LengthOf(member.Value, depth + 1) + 1)),
        JsonValueKind.Array => 1 + Math.Max(1, value.EnumerateArray().Sum(item => LengthOf(item, depth + 1) + 1)),
        JsonValueKind.String => LengthOf(TextOf(value)),
        JsonValueKind.Number => LengthOfNumber(value),
        _ => value.GetRawText().Length,
    };

    private static long LengthOf(string? text) => text is null
        ? throw new UnstorableJsonException("must not contain NUL or an unpaired surrogate")
        : 2 + text.Sum(c => c is '"' or '\\' or '\b' or '\f' or '\n' or '\r' or '\t' ? 2L : c < ' ' ? 6 : 1);

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

    private static long LengthOfNumber(JsonElement value)
    {
        var length = WrittenOut(value.GetRawText());
        return length <= MaxNumberLength && double.IsFinite(value.GetDouble())
            ? length
            : throw new UnstorableJsonException(
                $"must not contain numbers beyond 1.8e308 or with more than {MaxNumberLength} characters without an exponent");
    }

    /// <summary>Characters of a JSON number without an exponent; more than any bound if its exponent is no 32-bit number.</summary>
    private static long WrittenOut(string number)
    {
        var mark = number.IndexOfAny(['e', 'E']);
        var exponent = 0;
        if (mark >= 0 && !int.TryParse(
            number.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return long.MaxValue;
        }

        var digits = number.AsSpan(0, mark < 0 ? number.Length : mark);
        var sign = digits[0] == '-' ? 1 : 0;
        digits = digits[sign..];
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits.Length : point;
        var decimals = Math.Max(0L, (point < 0 ? 0 : digits.Length - point - 1) - (long)exponent);
        var firstNonZero = digits.IndexOfAnyInRange('1', '9');
        var leadingZeros = firstNonZero > whole ? firstNonZero - 1 : firstNonZero;
        var integers = firstNonZero < 0 ? 1 : Math.Max(1L, whole + (long)exponent - leadingZeros);
        return sign + integers + (decimals > 0 ? 1 + decimals : 0);
    }

    private sealed class UnstorableJsonException(string problem) : Exception(problem);
}
