using System.Globalization;

namespace ChatPlatform.WebApi.Dialects.Platform;

/// <summary>Times in queries: ISO 8601, in UTC unless an offset is given.</summary>
internal static class WireTime
{
    public const string Expected = "must be an ISO 8601 time such as 2026-06-15T12:00:00Z";

    /// <param name="time">UTC; null if the text is empty.</param>
    public static bool TryParse(string? text, out DateTime? time)
    {
        time = null;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        // An unescaped plus sign arrives as a space.
        var styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var found = default(DateTime);
        var parsed = BeginsWithDate(text) && DateTime.TryParse(text.Replace(' ', '+'), CultureInfo.InvariantCulture, styles, out found);
        time = parsed ? found : null;
        return parsed;
    }

    // The framework would accept a lone time of day or month name, and add the current date.
    private static bool BeginsWithDate(string text) =>
        text.Length >= 10
        && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
