namespace ChatPlatform.Domain.Common;

/// <summary>Limits of text that callers choose, in UTF-16 code units.</summary>
public static class TextLimits
{
    public const int Name = 255;
    public const int DisplayName = 255;
    public const int Body = 65_536;
    public const int GroupTag = 255;
    public const int IdempotencyKey = 255;
    public const int Url = 2_048;
    public const int Search = 255;

    public const int Secret = 65_536;

    /// <summary>Length of the JSON text.</summary>
    public const int Properties = 65_536;
}

public static class StorableText
{
    /// <summary>Whether the database can store the text: no NUL, no unpaired surrogate.</summary>
    public static bool IsStorable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\0')
            {
                return false;
            }

            if (char.IsSurrogate(c))
            {
                if (!char.IsHighSurrogate(c) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }

    /// <summary>The beginning of the text, at most <paramref name="max"/> UTF-16 units. Surrogate pairs are not cut.</summary>
    public static string Truncate(string text, int max) =>
        text.Length <= max ? text : text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)];
}
