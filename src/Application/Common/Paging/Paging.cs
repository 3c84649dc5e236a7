using ChatPlatform.Domain.Common;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Common.Paging;

internal static class Paging
{
    private const int MaxSortFields = 5;

    /// <summary>Counts the rows only if the page does not show the total itself.</summary>
    public static async Task<Page<T>> ToPageAsync<T>(this IQueryable<T> ordered, PageRequest page, CancellationToken cancellationToken)
    {
        var items = await ordered.Skip(page.Skip).Take(page.Size).ToListAsync(cancellationToken);
        var isLast = items.Count < page.Size && (items.Count > 0 || page.Number == 0);
        var total = isLast ? page.Skip + items.Count : await ordered.LongCountAsync(cancellationToken);
        return new Page<T>(items, page.Number, page.Size, total);
    }

    /// <param name="allowPastEnd">For lists that read nothing for a page behind the last item.</param>
    public static IRuleBuilderOptionsConditions<TRequest, PageRequest> PageOf<TRequest, T>(
        this IRuleBuilder<TRequest, PageRequest> rule, Sorting<T> sorting, bool allowPastEnd = false) => rule.Custom((page, context) =>
    {
        if (page.Number < 0)
        {
            context.AddFailure("page", "must not be negative");
        }

        if (page.Size is < 1 or > PageRequest.MaxSize)
        {
            context.AddFailure("size", $"must be between 1 and {PageRequest.MaxSize}");
        }

        if (!allowPastEnd && (long)page.Number * page.Size > PageRequest.MaxDepth)
        {
            context.AddFailure("page", $"must not skip more than {PageRequest.MaxDepth} items; use a filter");
        }

        if (page.Sort?.Count > MaxSortFields)
        {
            context.AddFailure("sort", $"must name at most {MaxSortFields} fields");
        }

        foreach (var unknown in (page.Sort ?? []).Where(order => !sorting.Knows(order.Field)))
        {
            context.AddFailure("sort", $"'{Printable(unknown.Field)}' must be one of {string.Join(", ", sorting.Fields)}");
        }
    });

    private static string Printable(string text) => text.Length <= 40 && StorableText.IsStorable(text) ? text : "(too long)";
}
