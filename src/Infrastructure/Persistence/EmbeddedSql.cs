using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ChatPlatform.Infrastructure.Statistics;

namespace ChatPlatform.Infrastructure.Persistence;

/// <summary>
/// The embedded SQL files. In a file <c>{{Name}}</c> stands for the text of another file, usually a shared table expression, and
/// <c>{{name}}</c> for a constant of <see cref="GridConstants"/>.
/// </summary>
internal static partial class EmbeddedSql
{
    private static readonly ConcurrentDictionary<string, string> Texts = new();

    /// <param name="name">The file name without extension.</param>
    public static string Get(string name) => Texts.GetOrAdd(name, Load);

    private static string Load(string name)
    {
        using var resource = typeof(EmbeddedSql).Assembly.GetManifestResourceStream($"{name}.sql")
            ?? throw new InvalidOperationException($"There is no {name}.sql among the resources.");
        using var reader = new StreamReader(resource);
        return Placeholder().Replace(reader.ReadToEnd(), match => Resolve(match.Groups[1].Value));
    }

    private static string Resolve(string name) => char.IsUpper(name[0]) ? Get(name).TrimEnd() : GridConstants.Of(name);

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();
}
