using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ChatPlatform.Application.Common.Paging;

/// <summary>
/// A shorter text of a snapshot (<c>xmin:xmax:running,running</c>) for addresses: all numbers after the first as distances from it, with
/// underscores between them.
/// </summary>
internal static class SnapshotText
{
    /// <summary>More transactions than a server can run at once.</summary>
    private const int MaxNumbers = 10_000;

    public static string Shorten(string snapshot)
    {
        var numbers = snapshot.Split([':', ','], StringSplitOptions.RemoveEmptyEntries).Select(ulong.Parse).ToList();
        return string.Join('_', numbers.Select((number, index) => index == 0 ? number : number - numbers[0]));
    }

    /// <summary>Accepts only what the database can read.</summary>
    public static bool TryExpand(string text, [NotNullWhen(true)] out string? snapshot)
    {
        snapshot = null;
        var parts = text.Split('_');
        if (parts.Length is < 2 or > MaxNumbers)
        {
            return false;
        }

        var numbers = new List<long>(parts.Length);
        foreach (var part in parts)
        {
            // Far below the largest number, so that sums stay in range.
            if (!long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > long.MaxValue / 4)
            {
                return false;
            }

            numbers.Add(number + (numbers.Count == 0 ? 0 : numbers[0]));
        }

        var (first, end) = (numbers[0], numbers[1]);
        var running = numbers[2..];
        if (first < 1 || running.Any(number => number >= end) || running.Zip(running.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            return false;
        }

        snapshot = string.Create(CultureInfo.InvariantCulture, $"{first}:{end}:{string.Join(',', running)}");
        return true;
    }
}
