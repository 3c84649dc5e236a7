using System.Globalization;
using System.Text.Json.Serialization;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.WebApi.Hosting;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Primitives;

namespace ChatPlatform.WebApi.Dialects.Chats;

public sealed record PageRecord<T>(
    IReadOnlyList<T> Records,
    [property: JsonPropertyName("_metadata")] MetadataRecord Metadata,
    [property: JsonPropertyName("_links")] LinksRecord Links);

/// <param name="CurrentPage">From 0.</param>
public sealed record MetadataRecord(int CurrentPage, long TotalPages, int PageSize, long TotalRecords);

/// <param name="Prev">Absent on the first page.</param>
/// <param name="Next">Absent on the last page.</param>
public sealed record LinksRecord(LinkRecord Self, LinkRecord First, LinkRecord? Prev, LinkRecord? Next, LinkRecord Last);

public sealed record LinkRecord(string Href);

internal static class PageRecords
{
    /// <summary>Maps a page. Its links keep the filters and the order.</summary>
    public static PageRecord<TRecord> ToRecord<T, TRecord>(this Page<T> page, HttpContext context, Func<T, TRecord> shape)
    {
        var last = Math.Max(page.TotalPages - 1, 0);
        var links = new LinksRecord(
            Link(page.Number),
            Link(0),
            page.Number > 0 ? Link(Math.Min(page.Number - 1, last)) : null,
            page.Number < last ? Link(page.Number + 1L) : null,
            Link(last));
        var metadata = new MetadataRecord(page.Number, page.TotalPages, page.Size, page.TotalItems);
        return new PageRecord<TRecord>([.. page.Items.Select(shape)], metadata, links);

        LinkRecord Link(long number)
        {
            var paging = new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase)
            {
                ["page"] = number.ToString(CultureInfo.InvariantCulture),
                ["size"] = page.Size.ToString(CultureInfo.InvariantCulture),
            };
            var others = context.Request.Query.Where(pair => !paging.ContainsKey(pair.Key));
            return new LinkRecord(context.PublicBaseUrl() + context.Request.Path + new QueryBuilder(paging.Concat(others)));
        }
    }
}
