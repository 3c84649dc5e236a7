namespace ChatPlatform.Domain.Common;

/// <summary>Bounds on text that a caller may choose, in UTF-16 code units.</summary>
public static class TextLimits
{
    public const int Name = 255;
    public const int DisplayName = 255;
    public const int Body = 65_536;
    public const int GroupTag = 255;
    public const int IdempotencyKey = 255;
    public const int Url = 2_048;

    /// <summary>What is searched for.</summary>
    public const int Search = 255;

    /// <summary>Any JSON, as text.</summary>
    public const int Secret = 65_536;

    /// <summary>A JSON object of properties, as text.</summary>
    public const int Properties = 65_536;
}

public static class StorableText
{
    /// <summary>Whether a database of UTF-8 text can hold it: no NUL, no half of a surrogate pair.</summary>
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
}
