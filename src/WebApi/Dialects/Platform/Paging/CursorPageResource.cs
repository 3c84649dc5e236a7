using System.Globalization;
using System.Text.Json.Serialization;
using ChatPlatform.Application.Common.Paging;

namespace ChatPlatform.WebApi.Dialects.Platform.Paging;

public sealed record CursorPageResource(
    [property: JsonPropertyName("_embedded")] IReadOnlyDictionary<string, IReadOnlyList<object>>? Embedded,
    [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links,
    CursorPageMetadata Page)
{
    /// <summary>All links carry the same cursors and differ in <c>relation</c>.</summary>
    public static CursorPageResource From<T>(CursorPage<T> page, string key, ListUrl url, Func<T, object> shape)
    {
        var start = page.Start?.ToString();
        var next = page.Next?.ToString();
        var links = new Dictionary<string, Link>();
        if (page.HasNewer)
        {
            links.Add("prev", At(CursorRelation.Previous));
        }

        links.Add("self", At(CursorRelation.Self));
        if (next is not null)
        {
            links.Add("next", At(CursorRelation.Next));
        }

        return new CursorPageResource(
            Embedding.Of(key, page.Items, shape), links, new CursorPageMetadata(page.Size, start, next));

        Link At(CursorRelation relation) => url.With(
            ("start", start),
            ("next", next),
            ("size", page.Size.ToString(CultureInfo.InvariantCulture)),
            ("relation", WireEnum.Name(relation)));
    }
}

public sealed record CursorPageMetadata(int Size, string? Start, string? Next);
