using System.Globalization;

namespace ChatPlatform.Application.Common.Paging;

/// <summary>A position in a list sorted by time and id, newest first. Rows may be added and removed around it.</summary>
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

public enum CursorDirection
{
    /// <summary>Starts with the cursor's row.</summary>
    Older = 0,

    /// <summary>Ends before the cursor's row.</summary>
    Newer = 1,
}

/// <param name="From">Null starts at the newest.</param>
/// <param name="Size">1 to <see cref="PageRequest.MaxSize"/>.</param>
public sealed record CursorRequest(
    Cursor? From = null, CursorDirection Direction = CursorDirection.Older, int Size = PageRequest.DefaultSize);

/// <param name="Start">The first item; null on an empty first page.</param>
/// <param name="Next">The first item of the next, older page; null on the last page.</param>
public sealed record CursorPage<T>(IReadOnlyList<T> Items, int Size, Cursor? Start, Cursor? Next, bool HasNewer)
{
    public CursorPage<TOther> Select<TOther>(Func<T, TOther> map) => new([.. Items.Select(map)], Size, Start, Next, HasNewer);
}
