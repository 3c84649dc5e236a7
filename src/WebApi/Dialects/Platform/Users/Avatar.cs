using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace ChatPlatform.WebApi.Dialects.Platform.Users;

/// <summary>A picture made of a name: its initials, on a colour that the name decides.</summary>
internal static class Avatar
{
    private const string Placeholder = "?";

    // Keeps letters from joining and halves of flags from becoming one.
    private const string Separator = "\u200c";

    // More signs than any emoji is made of; what is longer is a letter under a heap of accents.
    private const int MaxSignLength = 32;

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

    /// <summary>Of the first and the last word, whatever the script; a question mark when there is nothing to show.</summary>
    public static string Initials(string name)
    {
        var signs = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(FirstSign).OfType<string>().ToList();
        return signs switch
        {
            [] => Placeholder,
            [var only] => only,
            [var first, .., var last] => first + Separator + last,
        };
    }

    private static string? FirstSign(string word)
    {
        var signs = StringInfo.GetTextElementEnumerator(word);
        while (signs.MoveNext())
        {
            var sign = signs.GetTextElement();
            if (Rune.TryGetRuneAt(sign, 0, out var rune) && IsShown(rune))
            {
                return (sign.Length <= MaxSignLength ? sign : rune.ToString()).ToUpperInvariant();
            }
        }

        return null;
    }

    private static bool IsShown(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.IsSymbol(rune);
}
