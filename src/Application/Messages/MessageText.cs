using System.Text.RegularExpressions;
using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Application.Messages;

/// <param name="Start">In UTF-16 code units.</param>
/// <param name="End">Exclusive.</param>
public sealed record MessageLinkView(string Source, int Start, int End);

/// <summary>Finds tags and links in a text. Positions are UTF-16 code units from the start of the text; ends are exclusive.</summary>
internal static partial class MessageText
{
    /// <summary>The most users and channels that are looked up for one text; further tags stay plain text.</summary>
    private const int MaxNames = 100;

    private const int MaxLinks = 100;

    // A part of a longer address would be another address.
    private const int MaxLinkLength = 2048;

    private const string Punctuation = ".,;:!?'*_…。，、；：！？";

    /// <summary>Opening and closing brackets and quotes in turn.</summary>
    private const string Pairs = "()[]{}（）［］「」『』【】《》〈〉«»“”‘’";

    /// <summary><c>&lt;@username&gt;</c> and <c>&lt;#channelName&gt;</c>, whether or not the user or channel exists.</summary>
    public static IReadOnlyList<(MentionType Type, string Name, string Tag, int Start)> TagsIn(string? text)
    {
        if (text is null || !text.Contains('<', StringComparison.Ordinal))
        {
            return [];
        }

        var names = new HashSet<(MentionType, string)>();
        var tags = new List<(MentionType, string, string, int)>();
        foreach (var match in Tags().Matches(text).Cast<Match>())
        {
            var type = match.Groups[1].Value == "@" ? MentionType.User : MentionType.Channel;
            var name = match.Groups[2].Value;
            if (names.Contains((type, name)) || names.Count < MaxNames)
            {
                names.Add((type, name));
                tags.Add((type, name, match.Value, match.Index));
            }
        }

        return tags;
    }

    public static IReadOnlyList<MessageLinkView> LinksIn(string? text)
    {
        if (text is null || !text.Contains("://", StringComparison.Ordinal))
        {
            return [];
        }

        return [.. Addresses().Matches(text).Cast<Match>().Take(MaxLinks)
            .Where(match => match.Length <= MaxLinkLength)
            .Select(match => (match.Index, Source: WithoutPunctuation(match.Value)))
            .Where(link => Uri.TryCreate(link.Source, UriKind.Absolute, out _))
            .Select(link => new MessageLinkView(link.Source, link.Index, link.Index + link.Source.Length))];
    }

    private static string WithoutPunctuation(string address)
    {
        var length = address.Length;
        while (length > 0
            && (Punctuation.Contains(address[length - 1], StringComparison.Ordinal) || EndsUnopened(address.AsSpan(0, length))))
        {
            length--;
        }

        return address[..length];
    }

    /// <summary>Whether the last character is a closing bracket or quote that the address does not open.</summary>
    private static bool EndsUnopened(ReadOnlySpan<char> address)
    {
        var closing = address[^1];
        var index = Pairs.IndexOf(closing, StringComparison.Ordinal);
        return index % 2 == 1 && address.Count(closing) > address.Count(Pairs[index - 1]);
    }

    [GeneratedRegex("<([@#])([^<>\0]{1,255})>")]
    private static partial Regex Tags();

    [GeneratedRegex("https?://[^\\s<>\"`|\\\\^]+", RegexOptions.IgnoreCase)]
    private static partial Regex Addresses();
}
