using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace ChatPlatform.WebApi.Dialects.Platform.Users;

/// <summary>A picture with the initials of a name, on a colour derived from the name.</summary>
internal static class Avatar
{
    private const string Placeholder = "?";

    // Keeps letters from forming ligatures, and two regional indicators from forming a flag.
    private const string Separator = "\u200c";

    // UTF-16 code units; longer than any emoji. A longer character is a letter with many accents.
    private const int MaxCharacterLength = 32;

    /// <returns>An SVG, UTF-8.</returns>
    public static byte[] Render(string name)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        var hue = (hash[0] * 256 + hash[1]) % 360;
        var initials = WebUtility.HtmlEncode(Initials(name));
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 128 128">
            <rect width="128" height="128" fill="hsl({hue},45%,40%)"/>
            <text x="64" y="64" dy=".35em" text-anchor="middle" fill="#fff" font-size="52" font-family="system-ui,sans-serif">{initials}</text>
            </svg>
            """));
    }

    /// <summary>Takes the first and the last word, in any script; a question mark if nothing is printable.</summary>
    public static string Initials(string name)
    {
        var characters = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(FirstCharacter).OfType<string>().ToList();
        return characters switch
        {
            [] => Placeholder,
            [var only] => only,
            [var first, .., var last] => first + Separator + last,
        };
    }

    private static string? FirstCharacter(string word)
    {
        var characters = StringInfo.GetTextElementEnumerator(word);
        while (characters.MoveNext())
        {
            var character = characters.GetTextElement();
            if (Rune.TryGetRuneAt(character, 0, out var rune) && IsPrintable(rune))
            {
                return (character.Length <= MaxCharacterLength ? character : rune.ToString()).ToUpperInvariant();
            }
        }

        return null;
    }

    private static bool IsPrintable(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.IsSymbol(rune);
}
