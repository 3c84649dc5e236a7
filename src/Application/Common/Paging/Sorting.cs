using System.Linq.Expressions;

namespace ChatPlatform.Application.Common.Paging;

/// <summary>The sort fields of a list. The last key is unique, so that pages neither repeat nor skip rows.</summary>
internal sealed class Sorting<T>
{
    private readonly Dictionary<string, Func<IQueryable<T>, bool, IOrderedQueryable<T>>> _first = [];
    private readonly Dictionary<string, Func<IOrderedQueryable<T>, bool, IOrderedQueryable<T>>> _then = [];
    private readonly string _last;

    /// <param name="last">Field of the unique key.</param>
    public Sorting(string last, Expression<Func<T, long>> key)
    {
        _last = last;
        By(last, key);
    }

    public Sorting(string last, Expression<Func<T, Guid>> key)
    {
        _last = last;
        By(last, key);
    }

    public IReadOnlyCollection<string> Fields => _first.Keys;

    public Sorting<T> By<TKey>(string field, Expression<Func<T, TKey>> key)
    {
        _first[field] = (rows, descending) => descending ? rows.OrderByDescending(key) : rows.OrderBy(key);
        _then[field] = (rows, descending) => descending ? rows.ThenByDescending(key) : rows.ThenBy(key);
        return this;
    }

    public bool Knows(string field) => _first.ContainsKey(field);

    /// <summary>Orders by the given fields, which must be known, then by the unique key.</summary>
    public IOrderedQueryable<T> Apply(IQueryable<T> rows, IReadOnlyList<SortOrder>? sort)
    {
        IOrderedQueryable<T>? ordered = null;
        var withLast = (sort ?? []).Append(new SortOrder(_last)).DistinctBy(order => order.Field);
        foreach (var order in withLast)
        {
            ordered = ordered is null ? _first[order.Field](rows, order.Descending) : _then[order.Field](ordered, order.Descending);
        }

        return ordered!;
    }
}
