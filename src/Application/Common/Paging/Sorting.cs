using System.Linq.Expressions;

namespace ChatPlatform.Application.Common.Paging;

/// <summary>What a list may be sorted by. The last key is unique, so that every order is total and pages neither repeat nor skip.</summary>
internal sealed class Sorting<T>
{
    private readonly Dictionary<string, Func<IQueryable<T>, bool, IOrderedQueryable<T>>> _first = [];
    private readonly Dictionary<string, Func<IOrderedQueryable<T>, bool, IOrderedQueryable<T>>> _then = [];
    private readonly string _last;

    /// <param name="last">The field of the unique key.</param>
    public Sorting(string last, Expression<Func<T, long>> key)
    {
        _last = last;
        By(last, key);
    }

    /// <inheritdoc cref="Sorting{T}(string, Expression{Func{T, long}})"/>
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

    /// <summary>Orders by the fields asked for, each known, then by the last key unless it was among them.</summary>
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
