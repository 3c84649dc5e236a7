using Microsoft.EntityFrameworkCore;
using NpgsqlTypes;

namespace ChatPlatform.Infrastructure.Persistence;

/// <summary>Functions of the database for searches in messages (migrations/Sql/message_search.v1.sql).</summary>
internal static class SearchFunctions
{
    public static string Text(string? value) => throw new InvalidOperationException("Can be used only in a query.");

    public static NpgsqlTsVector Words(string value) => throw new InvalidOperationException("Can be used only in a query.");

    public static NpgsqlTsQuery? Pairs(string term) => throw new InvalidOperationException("Can be used only in a query.");

    public static string Pattern(string term) => throw new InvalidOperationException("Can be used only in a query.");

    /// <summary>Of a part in a text, from 1; 0 if the text does not contain it.</summary>
    public static int Position(string text, string part) => throw new InvalidOperationException("Can be used only in a query.");

    public static void Map(ModelBuilder model)
    {
        foreach (var (method, name) in new[]
        {
            (nameof(Text), "search_text"),
            (nameof(Words), "search_words"),
            (nameof(Pairs), "search_pairs"),
            (nameof(Pattern), "search_pattern"),
        })
        {
            model.HasDbFunction(typeof(SearchFunctions).GetMethod(method)!).HasName(name);
        }

        model.HasDbFunction(typeof(SearchFunctions).GetMethod(nameof(Position))!).HasName("strpos").IsBuiltIn();
    }
}
