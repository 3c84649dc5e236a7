using System.Globalization;
using System.Text.Json.Serialization;
using ChatPlatform.Application.Statistics;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Engagement;

[Dialect<EngagementDialect>]
[Route("api/v1/engagement-dashboard/users")]
[RequiresPermission(EngagementPermissions.ViewDashboard)]
public sealed class UserReportsController(IMediator mediator) : EngagementController(mediator)
{
    /// <summary>Counts distinct users active in the 24 hours before start, in steps of two hours of the time zone.</summary>
    [HttpGet("chat-busier/hourly-data")]
    [ProducesResponseType<BusyHoursPayload>(StatusCodes.Status200OK)]
    public Task<IActionResult> HourlyData([FromQuery] DayParameters day) => Show(
        ["start", "timezone"],
        report => new GetBusyHours(report.Start, report.TimeZone),
        (hours, _) => new BusyHoursPayload([.. hours.Select(hour => new HourPayload(hour.Users, hour.Hour))]));

    /// <summary>Counts distinct users active on each of the eight dates up to start, newest first.</summary>
    [HttpGet("chat-busier/weekly-data")]
    [ProducesResponseType<BusyDaysPayload>(StatusCodes.Status200OK)]
    public Task<IActionResult> WeeklyData([FromQuery] DayParameters day) => Show(
        ["start", "timezone"],
        report => new GetBusyWeek(report.Start, report.TimeZone),
        (days, _) => new BusyDaysPayload([.. days.Select(d => new BusyDayPayload(d.Users, d.Date.Day, d.Date.Month, d.Date.Year))]));

    /// <summary>Counts distinct active users by date and hour of the time zone; hours without users are left out.</summary>
    [HttpGet("users-by-time-of-the-day-in-a-week")]
    [ProducesResponseType<ActiveHoursPayload>(StatusCodes.Status200OK)]
    public Task<IActionResult> ByTimeOfTheDay([FromQuery] PeriodParameters period) => Show(
        ["start", "end", "timezone"],
        report => new GetActiveHours(report.Start, report.End, report.TimeZone),
        (hours, _) => new ActiveHoursPayload(
            hours.Select(h => new ActiveHourPayload(h.Users, h.Hour.Hour, h.Hour.Day, h.Hour.Month, h.Hour.Year))));

    /// <summary>Lists the users active on each date, newest first; dates without users are left out.</summary>
    [HttpGet("active-users")]
    [ProducesResponseType<ActiveUsersPayload>(StatusCodes.Status200OK)]
    public Task<IActionResult> Active([FromQuery] PeriodParameters period) => Show(
        ["start", "end", "timezone"],
        report => new ListActiveUsers(report.Start, report.End, report.TimeZone),
        (days, _) => new ActiveUsersPayload(days.Select(ActiveDatePayload.From)));

    /// <summary>Counts users created per day, compared with the preceding period of the same length.</summary>
    [HttpGet("new-users")]
    [ProducesResponseType<NewUsersPayload>(StatusCodes.Status200OK)]
    public Task<IActionResult> New([FromQuery] PeriodParameters period) => Show(
        ["start", "end", "timezone"],
        report => new GetNewUsers(report.Start, report.End, report.TimeZone),
        (counts, _) => new NewUsersPayload(
            counts.Days.Select(day => new NewUsersPayload.Day(day.Date.ToDateTime(TimeOnly.MinValue), day.Count)),
            ComparisonPayload.From(counts.Period),
            ComparisonPayload.From(counts.Yesterday)));
}

/// <param name="Hours">22, 20 … 0.</param>
public sealed record BusyHoursPayload(IReadOnlyList<HourPayload> Hours, bool Success = true);

/// <param name="Hour">The start of the two hours.</param>
public sealed record HourPayload(int Users, int Hour);

/// <param name="Month">Eight dates, despite the name.</param>
public sealed record BusyDaysPayload(IReadOnlyList<BusyDayPayload> Month, bool Success = true);

public sealed record BusyDayPayload(int Users, int Day, int Month, int Year);

public sealed record ActiveHoursPayload(IEnumerable<ActiveHourPayload> Week, bool Success = true);

public sealed record ActiveHourPayload(int Users, int Hour, int Day, int Month, int Year);

public sealed record ActiveUsersPayload(IAsyncEnumerable<ActiveDatePayload> Month, bool Success = true);

/// <param name="UsersList">User ids.</param>
public sealed record ActiveDatePayload(int Day, int Month, int Year, IEnumerable<string> UsersList, int Users)
{
    internal static ActiveDatePayload From(ActiveUsersView view) => new(
        view.Date.Day,
        view.Date.Month,
        view.Date.Year,
        view.UserIds.Select(id => id.ToString(CultureInfo.InvariantCulture)),
        view.UserIds.Count);
}

public sealed record NewUsersPayload(
    IEnumerable<NewUsersPayload.Day> Days, ComparisonPayload Period, ComparisonPayload Yesterday, bool Success = true)
{
    /// <param name="Date">The date in the time zone, written as midnight UTC.</param>
    public sealed record Day([property: JsonPropertyName("day")] DateTime Date, long Users);
}

/// <param name="Variation">The difference to the preceding period or day.</param>
public sealed record ComparisonPayload(long Count, long Variation)
{
    internal static ComparisonPayload From(ComparedCountView view) => new(view.Count, view.Variation);
}
