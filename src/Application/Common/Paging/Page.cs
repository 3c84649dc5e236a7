namespace ChatPlatform.Application.Common.Paging;

/// <param name="Number">From 0.</param>
/// <param name="Size">As requested, not the number of items.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Number, int Size, long TotalItems)
{
    public long TotalPages => (TotalItems + Size - 1) / Size;

    public Page<TOther> Select<TOther>(Func<T, TOther> map) => new([.. Items.Select(map)], Number, Size, TotalItems);
}

/// <summary>Pages beyond <see cref="MaxDepth"/> items are refused: use filters or a cursor.</summary>
/// <param name="Number">From 0.</param>
/// <param name="Size">1 to <see cref="MaxSize"/>.</param>
/// <param name="Sort">Field names of the resource; ties are sorted by id.</param>
public sealed record PageRequest(int Number = 0, int Size = PageRequest.DefaultSize, IReadOnlyList<SortOrder>? Sort = null)
{
    public const int DefaultSize = 25;
    public const int MaxSize = 200;
    public const int MaxDepth = 1_000_000;

    public int Skip => checked(Number * Size);

    /// <summary>For lists that are newest first by default.</summary>
    public IReadOnlyList<SortOrder> SortOrNewest() => Sort is { Count: > 0 } ? Sort : [new SortOrder("id", Descending: true)];
}

/// <param name="Field">Camel case.</param>
public sealed record SortOrder(string Field, bool Descending = false);
