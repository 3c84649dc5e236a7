using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>The statements of the folder Sql. <c>{{Name}}</c> on a line stands for the text of another file, a shared table expression.</summary>
internal static partial class Sql
{
    private static readonly ConcurrentDictionary<string, string> Texts = new();

    /// <param name="name">The file's, without extension.</param>
    public static string Get(string name) => Texts.GetOrAdd(name, Load);

    private static string Load(string name)
    {
        using var resource = typeof(Sql).Assembly.GetManifestResourceStream($"{name}.sql")
            ?? throw new InvalidOperationException($"There is no {name}.sql among the resources.");
        using var reader = new StreamReader(resource);
        return Include().Replace(reader.ReadToEnd(), match => Get(match.Groups[1].Value).TrimEnd());
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Include();
}
