using System.Text.RegularExpressions;
using NUnit.Framework;

namespace ChatPlatform.Architecture.Tests;

/// <summary>References to documents lead to a file and a heading.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string[] Folders = ["src", "migrations", "tests", "benchmarks", "docs", ".github"];

    [Test]
    public void Documents_cited_in_the_code_exist()
    {
        var cited = Files(".cs", ".sql", ".mjs").SelectMany(file => Citation().Matches(File.ReadAllText(file))
            .Select(match => (File: file, Target: Path.Combine(Solution.Root, match.Groups[1].Value), Heading: match.Groups[2].Value))).ToList();

        Assert.That(cited, Has.Count.GreaterThan(50));
        Assert.That(cited.Where(citation => !Exists(citation.Target, citation.Heading)), Is.Empty);
    }

    [Test]
    public void Links_of_documents_lead_somewhere()
    {
        var links = Files(".md").SelectMany(file => Link().Matches(File.ReadAllText(file))
            .Select(match => (File: file, Path: match.Groups[1].Value, Heading: match.Groups[2].Value))
            .Where(link => !link.Path.Contains(':', StringComparison.Ordinal))
            .Select(link => (
                link.File, Target: link.Path == "" ? file : Path.Combine(Path.GetDirectoryName(file)!, link.Path), link.Heading))).ToList();

        Assert.That(links, Has.Count.GreaterThan(100));
        Assert.That(links.Where(link => !Exists(link.Target, link.Heading)), Is.Empty);
    }

    private static bool Exists(string path, string heading) => heading == ""
        ? File.Exists(path) || Directory.Exists(path)
        : File.Exists(path) && File.ReadLines(path).Any(line => line.StartsWith('#') && AnchorOf(line) == heading[1..]);

    /// <summary>As Git hosts derive it: lower case, without punctuation, hyphens for spaces.</summary>
    private static string AnchorOf(string heading) =>
        Punctuation().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static IEnumerable<string> Files(params string[] extensions) => Directory.EnumerateFiles(Solution.Root)
        .Concat(Folders.SelectMany(folder =>
            Directory.EnumerateFiles(Path.Combine(Solution.Root, folder), "*", SearchOption.AllDirectories)))
        .Where(file => extensions.Contains(Path.GetExtension(file)))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"));

    [GeneratedRegex(@"\b(docs/[\w/.-]+\.md)(#[\w-]+)?")]
    private static partial Regex Citation();

    [GeneratedRegex(@"\]\(([^)#\s]*)(#[^)\s]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\s-]")]
    private static partial Regex Punctuation();
}
