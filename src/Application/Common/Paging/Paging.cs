using ChatPlatform.Domain.Common;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Common.Paging;

internal static class Paging
{
    private const int MaxSortFields = 5;

    /// <summary>Reads a page; the rows are counted only when the page itself does not tell how many there are.</summary>
    public static async Task<Page<T>> ToPageAsync<T>(this IQueryable<T> ordered, PageRequest page, CancellationToken cancellationToken)
    {
        var items = await ordered.Skip(page.Skip).Take(page.Size).ToListAsync(cancellationToken);
        var isLast = items.Count < page.Size && (items.Count > 0 || page.Number == 0);
        var total = isLast ? page.Skip + items.Count : await ordered.LongCountAsync(cancellationToken);
        return new Page<T>(items, page.Number, page.Size, total);
    }

    /// <summary>Checks number, size and depth of a page, and that its sort fields are known.</summary>
    /// <param name="allowPastEnd">Whether any number will do, since the list reads nothing for a page that lies behind its last item.</param>
    public static IRuleBuilderOptionsConditions<TRequest, PageRequest> PageOf<TRequest, T>(
        this IRuleBuilder<TRequest, PageRequest> rule, Sorting<T> sorting, bool allowPastEnd = false) => rule.Custom((page, context) =>
    {
        if (page.Number < 0)
        {
            context.AddFailure("page", "must not be negative");
        }

        if (page.Size is < 1 or > PageRequest.MaxSize)
        {
            context.AddFailure("size", $"must be from 1 to {PageRequest.MaxSize}");
        }

        if (!allowPastEnd && (long)page.Number * page.Size > PageRequest.MaxDepth)
        {
            context.AddFailure("page", $"must not lie behind more than {PageRequest.MaxDepth} items; narrow the list by a filter");
        }

        if (page.Sort?.Count > MaxSortFields)
        {
            context.AddFailure("sort", $"must name at most {MaxSortFields} fields");
        }

        foreach (var unknown in (page.Sort ?? []).Where(order => !sorting.Knows(order.Field)))
        {
            context.AddFailure("sort", $"knows no field '{Printable(unknown.Field)}', only {string.Join(", ", sorting.Fields)}");
        }
    });

    private static string Printable(string text) => text.Length <= 40 && StorableText.IsStorable(text) ? text : "(too long)";
}
