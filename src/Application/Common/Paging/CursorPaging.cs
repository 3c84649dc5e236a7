using ChatPlatform.Domain.Common;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Common.Paging;

internal static class CursorPaging
{
    /// <summary>Keyset paging: an extra row shows whether there is a next page. Nothing is counted or skipped.</summary>
    public static async Task<CursorPage<TView>> ToCursorPageAsync<TRow, TView>(
        this IQueryable<TRow> rows,
        CursorRequest request,
        Func<IQueryable<TRow>, IQueryable<TView>> project,
        CancellationToken cancellationToken)
        where TRow : class, IChronological
        where TView : IChronological
    {
        var newer = request.Direction is CursorDirection.Newer && request.From is not null;
        var slice = newer ? Before(rows, request.From!.Value) : From(rows, request.From);
        var ordered = newer
            ? slice.OrderBy(row => row.CreatedTime).ThenBy(row => row.Id)
            : slice.OrderByDescending(row => row.CreatedTime).ThenByDescending(row => row.Id);
        var items = await project(ordered.Take(request.Size + 1)).ToListAsync(cancellationToken);
        var hasMore = items.Count > request.Size;
        var extra = hasMore ? CursorOf(items[request.Size]) : (Cursor?)null;
        items = items.Take(request.Size).ToList();
        if (!newer)
        {
            var start = items.Count > 0 ? CursorOf(items[0]) : request.From;
            var hasNewer = request.From is not null && await Before(rows, start!.Value).AnyAsync(cancellationToken);
            return new CursorPage<TView>(items, request.Size, start, extra, hasNewer);
        }

        items.Reverse();
        var next = await From(rows, request.From).AnyAsync(cancellationToken) ? request.From : null;
        return new CursorPage<TView>(items, request.Size, items.Count > 0 ? CursorOf(items[0]) : request.From, next, hasMore);
    }

    public static IRuleBuilderOptionsConditions<TRequest, CursorRequest> CursorPage<TRequest>(
        this IRuleBuilder<TRequest, CursorRequest> rule) => rule.Custom((page, context) =>
    {
        if (page.Size is < 1 or > PageRequest.MaxSize)
        {
            context.AddFailure("size", $"must be between 1 and {PageRequest.MaxSize}");
        }
    });

    private static Cursor CursorOf(IChronological item) => new(item.CreatedTime, item.Id);

    // The first comparison is implied by the second; an index on (…, created_time, id) can start from it.
    private static IQueryable<T> From<T>(IQueryable<T> rows, Cursor? from)
        where T : class, IChronological
    {
        if (from is not { } cursor)
        {
            return rows;
        }

        var (time, id) = (cursor.Time, cursor.Id);
        return rows.Where(row => row.CreatedTime <= time && (row.CreatedTime < time || row.Id <= id));
    }

    private static IQueryable<T> Before<T>(IQueryable<T> rows, Cursor cursor)
        where T : class, IChronological
    {
        var (time, id) = (cursor.Time, cursor.Id);
        return rows.Where(row => row.CreatedTime >= time && (row.CreatedTime > time || row.Id > id));
    }
}
