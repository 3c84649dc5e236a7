namespace ChatPlatform.Application.Common;

/// <summary>What the database can compare and LINQ has no word for. Only inside queries; the store translates them.</summary>
public static class StoreFunctions
{
    /// <summary>
    /// Marks a query (<c>TagWith</c>) whose best plan depends on what it asks for: it is planned each time instead of being prepared.
    /// </summary>
    public const string CustomPlan = "custom plan";

    /// <summary>Whether the JSON in a column holds all of <paramref name="part"/>, however deep.</summary>
    public static bool JsonContains(string column, string part) => throw new InvalidOperationException("Only inside a query.");

    /// <summary>
    /// Whether a text has the words of a search, in any order and any case: <c>"words in quotes"</c> next to each other, <c>-word</c>
    /// not at all, <c>or</c> between two that will both do. No search is malformed; one without a word finds nothing.
    /// </summary>
    public static bool HasWords(string? text, string search) => throw new InvalidOperationException("Only inside a query.");

    /// <summary>Whether a text in any case is like a pattern of SQL's <c>LIKE</c>, in which a backslash escapes.</summary>
    public static bool IsLike(string? text, string pattern) => throw new InvalidOperationException("Only inside a query.");
}
