using System.Text.Json;
using ChatPlatform.Application.Common.Paging;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Paging;

/// <summary>Selects a page of a list (docs/contracts/platform.md#page-lists).</summary>
public sealed class PageParameters
{
    /// <summary>The number of the page, from 0.</summary>
    [FromQuery(Name = "page")]
    public int? Page { get; init; }

    /// <summary>The size of the page: 25 by default, at most 200.</summary>
    [FromQuery(Name = "size")]
    public int? Size { get; init; }

    /// <summary>Each <c>field[,asc|desc]</c>; fields in camelCase or snake_case.</summary>
    [FromQuery(Name = "sort")]
    public IReadOnlyList<string>? Sort { get; init; }

    public PageRequest ToRequest() =>
        new(Page ?? 0, Sizes.Of(Size), [.. (Sort ?? []).Where(order => order is not null).SelectMany(Orders)]);

    private static IEnumerable<SortOrder> Orders(string order)
    {
        var parts = order.Split(',');
        var direction = parts[^1].Trim();
        var descending = direction.Equals("desc", StringComparison.OrdinalIgnoreCase);
        var directed = descending || direction.Equals("asc", StringComparison.OrdinalIgnoreCase);
        return (directed && parts.Length > 1 ? parts[..^1] : parts).Select(field => new SortOrder(CamelCase(field.Trim()), descending));
    }

    private static string CamelCase(string field) => field.Contains('_')
        ? JsonNamingPolicy.CamelCase.ConvertName(string.Concat(field.Split('_').Select(part =>
            part.Length == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..])))
        : field;
}

internal static class Sizes
{
    /// <summary>Keeps negative sizes; validation rejects them.</summary>
    public static int Of(int? size) => size is null or 0 ? PageRequest.DefaultSize : Math.Min(size.Value, PageRequest.MaxSize);
}
