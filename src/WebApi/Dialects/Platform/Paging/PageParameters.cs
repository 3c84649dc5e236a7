using System.Text.Json;
using ChatPlatform.Application.Common.Paging;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Paging;

/// <summary>Which page of a list is wanted (platform contract, ruling 8).</summary>
public sealed class PageParameters
{
    /// <summary>From 0.</summary>
    [FromQuery(Name = "page")]
    public int? Page { get; init; }

    /// <summary>0 or none for 25; more than 200 is 200.</summary>
    [FromQuery(Name = "size")]
    public int? Size { get; init; }

    /// <summary>Each <c>field[,asc|desc]</c>; fields in either case.</summary>
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
    /// <summary>Negative sizes stay as they are, to be refused.</summary>
    public static int Of(int? size) => size is null or 0 ? PageRequest.DefaultSize : Math.Min(size.Value, PageRequest.MaxSize);
}
