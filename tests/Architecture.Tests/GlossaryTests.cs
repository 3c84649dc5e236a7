using System.Text.RegularExpressions;
using ChatPlatform.Domain.Common;
using NUnit.Framework;

namespace ChatPlatform.Architecture.Tests;

/// <summary>Type names use the words of docs/glossary.md.</summary>
public sealed partial class GlossaryTests
{
    private const string UnusedWords = "## Words that are not used in type names";

    private static readonly string[] Glossary = File.ReadAllLines(Path.Combine(Solution.Root, "docs", "glossary.md"));

    [Test]
    public void Type_names_contain_no_word_that_the_glossary_rules_out()
    {
        var unused = FirstCells(Glossary.SkipWhile(line => line != UnusedWords)).ToHashSet();
        var names = Solution.WrittenTypes(Solution.All).Select(type => type.Name.Split('`')[0]).ToList();

        Assert.That(unused, Does.Contain("News").And.Contain("Sweep"), "the table was not found");
        Assert.That(
            names.Where(name => WordsOf(name).Any(unused.Contains)).Concat(FileNames().Where(name => WordsOf(name).Any(unused.Contains))),
            Is.Empty);
    }

    [Test]
    public void Each_entity_of_the_domain_is_in_the_glossary()
    {
        var terms = FirstCells(Glossary.TakeWhile(line => line != UnusedWords)).SelectMany(cell => cell.Split(", ")).ToHashSet();
        var entities = Solution.WrittenTypes(Solution.Domain)
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(ITenantOwned)))
            .Select(type => type.Name);

        Assert.That(entities.Except(terms), Is.Empty);
    }

    [TestCase("ChannelNews", "Channel", "News")]
    [TestCase("IChatLock", "I", "Chat", "Lock")]
    [TestCase("OAuthErrorBody", "O", "Auth", "Error", "Body")]
    public void Words_of_a_name_begin_with_capitals(string name, params string[] words) =>
        Assert.That(WordsOf(name), Is.EqualTo(words));

    private static IEnumerable<string> FileNames() => Directory
        .EnumerateFiles(Path.Combine(Solution.Root, "src"), "*.*", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
        .Where(file => Path.GetExtension(file) is ".cs" or ".sql")
        .Select(file => Path.GetFileName(file).Split('.')[0]);

    private static IEnumerable<string> FirstCells(IEnumerable<string> lines) => lines
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
        .Select(line => line.Split('|')[1].Trim());

    private static IEnumerable<string> WordsOf(string name) => Word().Matches(name).Select(match => match.Value);

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z][a-z0-9]*")]
    private static partial Regex Word();
}
