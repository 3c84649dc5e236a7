using System.Globalization;
using System.Text.RegularExpressions;
using ChatPlatform.Application.Statistics;
using ChatPlatform.Domain.Common;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatPlatform.WebApi.Dialects.Engagement;

/// <summary>The query parameters of reports. Their errors have an order, which model binding would not keep.</summary>
internal static partial class ReportParameters
{
    private const int DefaultCount = 50;
    private const int MaxPageSize = 100;
    private const int MaxUnpagedRows = 10_000;

    /// <summary>
    /// Supplied parameters are checked first, in the order of the query, then what is missing, then that the start does not lie after
    /// the end (engagement contract, "Parameters"). Others than <paramref name="known"/> are passed over.
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
        text, MillisecondTimeConverter.Format, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)
        ? time
        : null;

    /// <summary>Numbers of any length are numbers; none needs to be larger than an int.</summary>
    private static int Bounded(string digits) => int.TryParse(digits, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;

    private static int PageOf(int count) => count == 0 ? MaxUnpagedRows : Math.Min(count, MaxPageSize);

    [GeneratedRegex(@"^[0-9]+\z")]
    private static partial Regex Digits();
}

/// <param name="Start">UTC.</param>
/// <param name="End">UTC; the start where a report has no end.</param>
internal sealed record Report(DateTime Start, DateTime End, string? TimeZone, int Offset, int Count, bool HideIdle);
