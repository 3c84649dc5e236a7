namespace ChatPlatform.Application.Common.Paging;

/// <summary>A page by number.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Size">Asked for, not found.</param>
/// <param name="TotalItems">Over all pages.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Number, int Size, long TotalItems)
{
    public long TotalPages => (TotalItems + Size - 1) / Size;

    public Page<TOther> Select<TOther>(Func<T, TOther> map) => new([.. Items.Select(map)], Number, Size, TotalItems);
}

/// <summary>Which page is wanted, and in which order. Numbers beyond <see cref="MaxDepth"/> items are refused: use filters or a cursor.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Size">1 to <see cref="MaxSize"/>.</param>
/// <param name="Sort">The resource's own field names; the id always comes last.</param>
public sealed record PageRequest(int Number = 0, int Size = PageRequest.DefaultSize, IReadOnlyList<SortOrder>? Sort = null)
{
    public const int DefaultSize = 25;
    public const int MaxSize = 200;

    /// <summary>How many items may lie before a page.</summary>
    public const int MaxDepth = 1_000_000;

    public int Skip => checked(Number * Size);

    /// <summary>Of lists that run newest first unless asked otherwise.</summary>
    public IReadOnlyList<SortOrder> SortOrNewest() => Sort is { Count: > 0 } ? Sort : [new SortOrder("id", Descending: true)];
}

/// <param name="Field">Camel case.</param>
public sealed record SortOrder(string Field, bool Descending = false);
