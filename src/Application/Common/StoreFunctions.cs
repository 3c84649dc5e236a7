namespace ChatPlatform.Application.Common;

/// <summary>Database operators for LINQ queries.</summary>
public static class StoreFunctions
{
    /// <summary>Query tag (<c>TagWith</c>): the best plan depends on the parameters, so it is made each time.</summary>
    public const string CustomPlan = "custom plan";

    /// <summary>Containment at any depth.</summary>
    public static bool JsonContains(string column, string part) => throw new InvalidOperationException("Can be used only in a query.");

    /// <summary>
    /// Full-text search: all words in any order and case, <c>"phrases"</c>, <c>-excluded</c>, <c>or</c>. Every search is valid; one without
    /// words finds nothing.
    /// </summary>
    public static bool HasWords(string? text, string search) => throw new InvalidOperationException("Can be used only in a query.");

    /// <summary>Case-insensitive <c>LIKE</c>; a backslash escapes.</summary>
    public static bool IsLike(string? text, string pattern) => throw new InvalidOperationException("Can be used only in a query.");
}
