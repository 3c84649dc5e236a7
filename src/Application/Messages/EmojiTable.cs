using System.Collections.Frozen;
using System.Text.Json;

namespace ChatPlatform.Application.Messages;

/// <param name="Aliases">Names in ASCII, such as <c>+1</c> and <c>thumbsup</c>; the first one is stored.</param>
public sealed record Emoji(string Character, string Description, IReadOnlyList<string> Aliases, IReadOnlyList<string> Tags);

/// <summary>The emoji of the resource Emoji.json, by alias and by character.</summary>
internal static class EmojiTable
{
    private static readonly FrozenDictionary<string, Emoji> Known = Load();

    private static readonly FrozenDictionary<string, Emoji> Plain = Known.Values.Distinct()
        .Where(emoji => PlainOf(emoji.Character).Length > 0).DistinctBy(emoji => PlainOf(emoji.Character))
        .ToFrozenDictionary(emoji => PlainOf(emoji.Character));

    /// <param name="name">An alias, with or without colons around it, or the character, with any variation selectors and skin tone.</param>
    public static Emoji? Find(string name)
    {
        var key = name.Length > 2 ? name.Trim(':') : name;
        return Known.GetValueOrDefault(key) ?? Plain.GetValueOrDefault(PlainOf(key));
    }

    /// <summary>Keyboards differ in the selectors they add, and skin tones are one reaction with the emoji.</summary>
    private static string PlainOf(string character) => string.Concat(character.EnumerateRunes()
        .Where(rune => rune.Value is not (0xFE0F or (>= 0x1F3FB and <= 0x1F3FF))).Select(rune => rune.ToString()));

    private static FrozenDictionary<string, Emoji> Load()
    {
        using var resource = typeof(EmojiTable).Assembly.GetManifestResourceStream("Emoji.json")!;
        using var document = JsonDocument.Parse(resource);
        var emojis = document.RootElement.EnumerateArray().Select(row => new Emoji(
            row[0].GetString()!,
            row[1].GetString()!,
            [.. row[2].EnumerateArray().Select(alias => alias.GetString()!)],
            [.. row[3].EnumerateArray().Select(tag => tag.GetString()!)]));
        return emojis.SelectMany(emoji => emoji.Aliases.Append(emoji.Character).Select(name => KeyValuePair.Create(name, emoji)))
            .ToFrozenDictionary();
    }
}
