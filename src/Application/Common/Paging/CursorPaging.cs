using ChatPlatform.Domain.Common;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Common.Paging;

/// <summary>
/// Keyset paging: an extra row shows whether there is another page. Nothing is counted or skipped. Towards newer items a reader gets each
/// row once, whatever is committed meanwhile and in whichever order (docs/decisions/0023).
/// </summary>
internal static class CursorPaging
{
    public static Task<CursorPage<TView>> ToCursorPageAsync<TRow, TView>(
        this IQueryable<TRow> rows,
        IChatDbContext db,
        CursorRequest request,
        Func<IQueryable<TRow>, IQueryable<TView>> project,
        CancellationToken cancellationToken)
        where TRow : class, IArriving
        where TView : IChronological
    {
        var pages = new Pages<TRow, TView>(rows, db, project, request.Size, cancellationToken);
        return request is { Direction: CursorDirection.Newer, From: { } from } ? pages.NewerAsync(from) : pages.OlderAsync(request.From);
    }

    public static IRuleBuilderOptionsConditions<TRequest, CursorRequest> CursorPage<TRequest>(
        this IRuleBuilder<TRequest, CursorRequest> rule) => rule.Custom((page, context) =>
    {
        if (page.Size is < 1 or > PageRequest.MaxSize)
        {
            context.AddFailure("size", $"must be between 1 and {PageRequest.MaxSize}");
        }
    });

    private sealed class Pages<TRow, TView>(
        IQueryable<TRow> rows,
        IChatDbContext db,
        Func<IQueryable<TRow>, IQueryable<TView>> project,
        int size,
        CancellationToken cancellationToken)
        where TRow : class, IArriving
        where TView : IChronological
    {
        public async Task<CursorPage<TView>> OlderAsync(Cursor? cursor)
        {
            var (items, snapshot) = await ReadAsync(Descending(cursor is null ? rows : UpTo(cursor.Position)));
            var next = items.Count > size ? new Cursor(PositionOf(items[size])) : null;
            var position = items.Count > 0 ? PositionOf(items[0]) : cursor?.Position;
            if (cursor is null || position is null)
            {
                return Page(items, position is { } newest ? new Cursor(newest, new Seen(snapshot!)) : null, next, hasNewer: false);
            }

            // The reader has seen what was seen before, and all of this snapshot if nothing else is new.
            var start = new Cursor(position.Value, cursor.Seen ?? (snapshot is null ? null : new Seen(snapshot)));
            var hasNewer = await HasNewerAsync(start);
            return Page(items, hasNewer || snapshot is null ? start : start with { Seen = new Seen(snapshot) }, next, hasNewer);
        }

        public async Task<CursorPage<TView>> NewerAsync(Cursor cursor)
        {
            if (cursor.Seen is { Backlog: { } backlog } seen)
            {
                var (missed, _) = await ReadAsync(LowestMissed(cursor.Position, seen.Snapshot, backlog));
                cursor = cursor with { Seen = new Seen(backlog.Until) };
                if (missed.Count > size)
                {
                    var rest = backlog with { After = PositionOf(missed[size - 1]) };
                    return await NewerPageAsync(missed, cursor with { Seen = seen with { Backlog = rest } }, hasNewer: true);
                }

                if (missed.Count > 0)
                {
                    return await NewerPageAsync(missed, cursor, await HasNewerAsync(cursor));
                }
            }

            var above = Ascending(Above(cursor.Position));
            var (items, snapshot) = await ReadAsync(
                cursor.Seen is null ? above : Ascending(LowestMissed(cursor.Position, cursor.Seen.Snapshot).Concat(above)));
            if (items.Count == 0)
            {
                return await NewerPageAsync(items, cursor, hasNewer: false);
            }

            // Missed rows are the lowest. If they fill more than the page, the position stays until all are read.
            var hasMore = items.Count > size;
            var start = hasMore && !PositionOf(items[size]).IsAbove(cursor.Position)
                ? cursor with { Seen = cursor.Seen! with { Backlog = new Backlog(snapshot!, PositionOf(items[size - 1])) } }
                : new Cursor(Highest(cursor.Position, PositionOf(items[hasMore ? size - 1 : ^1])), new Seen(snapshot!));
            return await NewerPageAsync(items, start, hasMore);
        }

        private async Task<CursorPage<TView>> NewerPageAsync(List<TView> ascending, Cursor start, bool hasNewer)
        {
            var position = start.Position;
            var items = ascending.Take(size).Reverse().ToList();
            var next = await UpTo(position).AnyAsync(cancellationToken) ? new Cursor(position) : null;
            return Page(items, start, next, hasNewer);
        }

        private CursorPage<TView> Page(List<TView> items, Cursor? start, Cursor? next, bool hasNewer) =>
            new([.. items.Take(size)], size, start, next, hasNewer);

        private async Task<bool> HasNewerAsync(Cursor start) => await Above(start.Position).AnyAsync(cancellationToken)
            || (start.Seen is { } seen && await Missed(start.Position, seen.Snapshot, seen.Backlog).AnyAsync(cancellationToken))
            || (start.Seen is { Backlog: { } backlog } && await Missed(start.Position, backlog.Until).AnyAsync(cancellationToken));

        /// <summary>Reads one row more than a page, and the snapshot that shows them; null without rows.</summary>
        private async Task<(List<TView> Items, string? Snapshot)> ReadAsync(IQueryable<TRow> ordered)
        {
            var items = await project(ordered)
                .Select(view => new { View = view, Snapshot = db.Snapshots.Select(current => current.Value).First() })
                .ToListAsync(cancellationToken);
            return ([.. items.Select(item => item.View)], items.Count > 0 ? items[0].Snapshot : null);
        }

        private IQueryable<TRow> Descending(IQueryable<TRow> some) =>
            some.OrderByDescending(row => row.CreatedTime).ThenByDescending(row => row.Id).Take(size + 1);

        private IQueryable<TRow> Ascending(IQueryable<TRow> some) =>
            some.OrderBy(row => row.CreatedTime).ThenBy(row => row.Id).Take(size + 1);

        // The first comparison is implied by the second; an index on (…, created_time, id) can start from it.
        private IQueryable<TRow> UpTo(Position position)
        {
            var (time, id) = position;
            return rows.Where(row => row.CreatedTime <= time && (row.CreatedTime < time || row.Id <= id));
        }

        private IQueryable<TRow> Above(Position position)
        {
            var (time, id) = position;
            return rows.Where(row => row.CreatedTime >= time && (row.CreatedTime > time || row.Id > id));
        }

        /// <summary>In ascending order; sorted by a difference of times, so that no index on times is read in order.</summary>
        private IQueryable<TRow> LowestMissed(Position position, string snapshot, Backlog? backlog = null)
        {
            var time = position.Time;
            return Missed(position, snapshot, backlog)
                .OrderByDescending(row => time - row.CreatedTime).ThenBy(row => row.Id).Take(size + 1);
        }

        /// <summary>Rows up to a position that a snapshot does not show: few, found by their arrival and by no other index.</summary>
        private IQueryable<TRow> Missed(Position position, string snapshot, Backlog? backlog = null)
        {
            var (last, lastId) = position;
            var missed = rows.Where(row => StoreFunctions.ArrivedAfter(row.Arrival, snapshot)
                && (last - row.CreatedTime > TimeSpan.Zero || (last - row.CreatedTime == TimeSpan.Zero && row.Id <= lastId)));
            if (backlog is null)
            {
                return missed;
            }

            var (until, (time, id)) = backlog;
            return missed.Where(row => !StoreFunctions.ArrivedAfter(row.Arrival, until)
                && row.CreatedTime >= time && (row.CreatedTime > time || row.Id > id));
        }

        private static Position Highest(Position one, Position other) => one.IsAbove(other) ? one : other;

        private static Position PositionOf(TView item) => new(item.CreatedTime, item.Id);
    }
}
