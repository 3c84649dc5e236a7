using System.Globalization;

namespace ChatPlatform.Application.Common.Paging;

/// <summary>
/// A position in a list sorted by time and id, newest first, and what its reader has seen. Rows may be added and removed around it.
/// </summary>
/// <param name="Seen">Null for a position that only leads to older items.</param>
public sealed record Cursor(Position Position, Seen? Seen = null)
{
    /// <summary>The position, then what was seen, separated by dots. Opaque to clients.</summary>
    public override string ToString() => Seen switch
    {
        null => Position.ToString(),
        { Backlog: null } => $"{Position}.{SnapshotText.Shorten(Seen.Snapshot)}",
        { Backlog: { } backlog } =>
            $"{Position}.{SnapshotText.Shorten(Seen.Snapshot)}.{SnapshotText.Shorten(backlog.Until)}.{backlog.After}",
    };

    public static bool TryParse(string? text, out Cursor? cursor)
    {
        cursor = null;
        var parts = text?.Split('.') ?? [];
        if (parts.Length is not (2 or 3 or 4 or 6) || !Position.TryParse(parts[0], parts[1], out var position))
        {
            return false;
        }

        if (parts.Length is 2)
        {
            cursor = new Cursor(position);
            return true;
        }

        if (parts.Length is 4 || !SnapshotText.TryExpand(parts[2], out var snapshot))
        {
            return false;
        }

        if (parts.Length is 3)
        {
            cursor = new Cursor(position, new Seen(snapshot));
            return true;
        }

        if (!SnapshotText.TryExpand(parts[3], out var until) || !Position.TryParse(parts[4], parts[5], out var after))
        {
            return false;
        }

        cursor = new Cursor(position, new Seen(snapshot, new Backlog(until, after)));
        return true;
    }
}

/// <summary>The id decides between rows of the same time.</summary>
public readonly record struct Position(DateTime Time, long Id)
{
    public bool IsAbove(Position other) => (Time, Id).CompareTo((other.Time, other.Id)) > 0;

    /// <summary>Microseconds since 1970, a dot, and the id.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond}.{Id}");

    public static bool TryParse(string time, string id, out Position position)
    {
        position = default;
        if (!long.TryParse(time, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var micros)
            || !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || micros is < -62_135_596_800_000_000 or > 253_402_300_799_999_999)
        {
            return false;
        }

        position = new Position(DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond), number);
        return true;
    }
}

/// <summary>
/// What a reader who moves towards newer items has seen: the rows of a snapshot up to a position. Rows that others stored meanwhile can
/// have a lower position, because times and ids are drawn before the commit; they are new to the reader all the same.
/// </summary>
/// <param name="Snapshot">See <see cref="CurrentSnapshot"/>.</param>
/// <param name="Backlog">Not null while such rows fill more than a page.</param>
public sealed record Seen(string Snapshot, Backlog? Backlog = null);

/// <param name="Until">The snapshot whose rows are being read.</param>
/// <param name="After">The last one read; they are read in the order of their positions.</param>
public sealed record Backlog(string Until, Position After);

public enum CursorDirection
{
    /// <summary>Starts with the cursor's row.</summary>
    Older = 0,

    /// <summary>What the cursor's reader has not seen.</summary>
    Newer = 1,
}

/// <param name="From">Null starts at the newest.</param>
/// <param name="Size">1 to <see cref="PageRequest.MaxSize"/>.</param>
public sealed record CursorRequest(
    Cursor? From = null, CursorDirection Direction = CursorDirection.Older, int Size = PageRequest.DefaultSize);

/// <param name="Start">The first item and what was seen with it; null on an empty first page.</param>
/// <param name="Next">The first item of the next, older page; null on the last page.</param>
public sealed record CursorPage<T>(IReadOnlyList<T> Items, int Size, Cursor? Start, Cursor? Next, bool HasNewer)
{
    public CursorPage<TOther> Select<TOther>(Func<T, TOther> map) => new([.. Items.Select(map)], Size, Start, Next, HasNewer);
}
