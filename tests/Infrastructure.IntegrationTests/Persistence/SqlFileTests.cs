using System.Text.RegularExpressions;
using ChatPlatform.Infrastructure.Statistics;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Persistence;

/// <summary>Each SQL file documents its purpose, parameters and rows.</summary>
public sealed partial class SqlFileTests
{
    private static readonly Dictionary<string, string> Files = ReadAll();

    private static IEnumerable<string> Names => Files.Keys.Order();

    [TestCaseSource(nameof(Names))]
    public void File_is_documented(string name)
    {
        var documentation = DocumentationOf(name, []);

        Assert.That(Files[name], Does.StartWith("-- "), "purpose");
        var parameters = Parameter().Matches(StatementOf(name)).Select(parameter => parameter.Value).Distinct();
        Assert.That(parameters.Where(parameter => !IsNamed(parameter, documentation)), Is.Empty, "parameters");
        if (Read().IsMatch(StatementOf(name)) && !Write().IsMatch(StatementOf(name)))
        {
            Assert.That(CommentOf(name), Does.Match("(?i)\\brows?\\b"), "rows");
        }
    }

    /// <summary>Files use the placeholders of <see cref="GridConstants"/> instead.</summary>
    [TestCaseSource(nameof(Names))]
    public void File_contains_no_numbers_of_the_bucket_grid(string name)
    {
        var numbers = Number().Matches(StatementOf(name)).Select(number => number.Value);

        Assert.That(numbers.Intersect(GridConstants.All.Keys.Select(GridConstants.Of).Select(number => number.TrimStart('-'))), Is.Empty);
    }

    private static bool IsNamed(string parameter, string documentation) => Regex.IsMatch(documentation, $@"{parameter}\b");

    /// <summary>The comments of the file and of the files it refers to.</summary>
    private static string DocumentationOf(string name, HashSet<string> seen) => !seen.Add(name) || !Files.ContainsKey(name)
        ? ""
        : CommentOf(name) + string.Concat(Reference().Matches(CommentOf(name)).Select(file => DocumentationOf(file.Groups[1].Value, seen)));

    private static string CommentOf(string name) =>
        string.Join('\n', Files[name].Split('\n').Where(line => line.TrimStart().StartsWith("--", StringComparison.Ordinal)));

    private static string StatementOf(string name) =>
        string.Join('\n', Files[name].Split('\n').Where(line => !line.TrimStart().StartsWith("--", StringComparison.Ordinal)));

    private static Dictionary<string, string> ReadAll()
    {
        var assembly = typeof(StatisticsFold).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).ToDictionary(
            name => name[..^".sql".Length],
            name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return reader.ReadToEnd().ReplaceLineEndings("\n");
            });
    }

    [GeneratedRegex(@"\b\d+\b")]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<!@)@[a-z_]+")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\b(\w+)\.sql\b")]
    private static partial Regex Reference();

    [GeneratedRegex("^(SELECT|[a-z_]+ AS )", RegexOptions.Multiline)]
    private static partial Regex Read();

    [GeneratedRegex("^(INSERT|UPDATE|DELETE)|AS \\((INSERT|UPDATE|DELETE)|^  (INSERT|UPDATE|DELETE)", RegexOptions.Multiline)]
    private static partial Regex Write();
}
