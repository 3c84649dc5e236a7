using System.Globalization;
using System.Text.Json.Serialization;
using ChatPlatform.Application.Common.Paging;

namespace ChatPlatform.WebApi.Dialects.Platform.Paging;

public sealed record PageResource(
    [property: JsonPropertyName("_embedded")] IReadOnlyDictionary<string, IReadOnlyList<object>>? Embedded,
    [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links,
    PageMetadata Page)
{
    /// <summary><c>first</c> and <c>last</c> exist only if there are several pages.</summary>
    public static PageResource From<T>(Page<T> page, string key, ListUrl url, Func<T, object> shape)
    {
        var last = page.TotalPages - 1;
        var links = new Dictionary<string, Link>();
        if (page.TotalPages > 1)
        {
            links.Add("first", At(url, 0, page.Size));
        }

        if (page.Number > 0 && page.TotalPages > 0)
        {
            links.Add("prev", At(url, Math.Min(page.Number - 1, last), page.Size));
        }

        links.Add("self", At(url, page.Number, page.Size));
        if (page.Number < last)
        {
            links.Add("next", At(url, page.Number + 1, page.Size));
        }

        if (page.TotalPages > 1)
        {
            links.Add("last", At(url, last, page.Size));
        }

        return new PageResource(
            Embedding.Of(key, page.Items, shape), links, new PageMetadata(page.Size, page.TotalItems, page.TotalPages, page.Number));
    }

    private static Link At(ListUrl url, long number, int size) =>
        url.With(("page", number.ToString(CultureInfo.InvariantCulture)), ("size", size.ToString(CultureInfo.InvariantCulture)));
}

/// <param name="Number">From 0.</param>
public sealed record PageMetadata(int Size, long TotalElements, long TotalPages, int Number);

internal static class Embedding
{
    /// <summary>Null if there are no items (docs/contracts/platform.md#page-lists).</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<object>>? Of<T>(string key, IReadOnlyList<T> items, Func<T, object> shape) =>
        items.Count == 0 ? null : new Dictionary<string, IReadOnlyList<object>> { [key] = [.. items.Select(shape)] };
}
