using System.Globalization;

namespace ChatPlatform.Application.Common.Paging;

/// <summary>
/// A place in a list that runs newest first by time, then by id. It names a position, not a row, so rows may come and go around it.
/// </summary>
public readonly record struct Cursor(DateTime Time, long Id)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond}.{Id}");

    public static bool TryParse(string? text, out Cursor cursor)
    {
        cursor = default;
        var dot = text?.IndexOf('.') ?? -1;
        if (dot < 1
            || !long.TryParse(text.AsSpan(0, dot), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var micros)
            || !long.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || micros is < -62_135_596_800_000_000 or > 253_402_300_799_999_999)
        {
            return false;
        }

        cursor = new Cursor(DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond), id);
        return true;
    }
}

/// <summary>Which way a cursor page lies from its cursor.</summary>
public enum CursorDirection
{
    /// <summary>From the cursor's row on, towards the older.</summary>
    Older = 0,

    /// <summary>The page right before the cursor's row, towards the newer.</summary>
    Newer = 1,
}

/// <param name="From">Null starts at the newest.</param>
/// <param name="Size">1 to <see cref="PageRequest.MaxSize"/>.</param>
public sealed record CursorRequest(Cursor? From = null, CursorDirection Direction = CursorDirection.Older, int Size = PageRequest.DefaultSize);

/// <summary>A page of a list that runs newest first.</summary>
/// <param name="Start">The first item's place; null on an empty page.</param>
/// <param name="Next">The first item of the following, older page; null when this is the last.</param>
/// <param name="HasNewer">Whether something newer lies before this page.</param>
public sealed record CursorPage<T>(IReadOnlyList<T> Items, int Size, Cursor? Start, Cursor? Next, bool HasNewer)
{
    public CursorPage<TOther> Select<TOther>(Func<T, TOther> map) => new([.. Items.Select(map)], Size, Start, Next, HasNewer);
}
