using System.Globalization;
using System.Text.RegularExpressions;
using ChatPlatform.Application.Statistics;
using ChatPlatform.Domain.Common;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatPlatform.WebApi.Dialects.Engagement;

/// <summary>Parses the query parameters of reports. Model binding would not keep the order of the errors.</summary>
internal static partial class ReportParameters
{
    private const int DefaultCount = 50;
    private const int MaxPageSize = 100;
    private const int MaxUnpagedRows = 10_000;

    /// <summary>
    /// Checks the supplied parameters in the order of the query, then the required ones, then that the start is not after the end
    /// (docs/contracts/engagement.md#order-of-checks). Ignores parameters other than <paramref name="known"/>.
    /// </summary>
    public static Result<Report> Read(QueryString query, params string[] known)
    {
        var given = new Dictionary<string, string>();
        var repeated = new HashSet<string>();
        foreach (var parameter in new QueryStringEnumerable(query.Value))
        {
            var name = parameter.DecodeName().ToString();
            if (known.Contains(name) && !given.TryAdd(name, parameter.DecodeValue().ToString()))
            {
                repeated.Add(name);
            }
        }

        if (given.Keys.FirstOrDefault(name => repeated.Contains(name) || !IsWellFormed(name, given[name])) is { } wrong)
        {
            return EngagementErrors.Malformed(wrong);
        }

        if (known.FirstOrDefault(name => name is "report" or "start" or "end" && !given.ContainsKey(name)) is { } missing)
        {
            return EngagementErrors.Missing(missing);
        }

        var start = Time(given["start"])!.Value;
        var end = given.TryGetValue("end", out var text) ? Time(text)!.Value : start;
        if (start > end)
        {
            return EngagementErrors.Malformed("end");
        }

        if (ReportPeriod.IsTooLong(start, end))
        {
            return EngagementErrors.PeriodTooLong;
        }

        return new Report(
            start,
            end,
            given.GetValueOrDefault("timezone"),
            given.TryGetValue("offset", out var offset) ? Bounded(offset) : 0,
            given.TryGetValue("count", out var count) ? PageOf(Bounded(count)) : DefaultCount,
            given.GetValueOrDefault("hideRoomsWithNoActivity") == "true");
    }

    private static bool IsWellFormed(string name, string value) => name switch
    {
        "start" or "end" => Time(value) is not null,
        "count" or "offset" => Digits().IsMatch(value),
        "timezone" => LocalCalendar.Of(value).IsSuccess,
        "report" => ExportedReports.ParametersOf(value) is not null,
        "format" => value == "csv",
        _ => true,
    };

    private static DateTime? Time(string text) => DateTime.TryParseExact(
        text, MillisecondTimeConverter.Format, CultureInfo.InvariantCulture,
        DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)
        ? time
        : null;

    /// <summary>Numbers of any length are valid; larger ones count as the largest int.</summary>
    private static int Bounded(string digits) => int.TryParse(digits, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    private static int PageOf(int count) => count == 0 ? MaxUnpagedRows : Math.Min(count, MaxPageSize);

    [GeneratedRegex(@"^[0-9]+\z")]
    private static partial Regex Digits();
}

/// <param name="Start">UTC.</param>
/// <param name="End">UTC; equal to the start for reports without an end.</param>
internal sealed record Report(DateTime Start, DateTime End, string? TimeZone, int Offset, int Count, bool HideIdle);
