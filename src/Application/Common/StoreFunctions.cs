namespace ChatPlatform.Application.Common;

/// <summary>What the database can compare and LINQ has no word for. Only inside queries; the store translates them.</summary>
public static class StoreFunctions
{
    /// <summary>Whether the JSON in a column holds all of <paramref name="part"/>, however deep.</summary>
    public static bool JsonContains(string column, string part) => throw new InvalidOperationException("Only inside a query.");
}
