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
    /// <summary>Distinct users active in the 24 hours up to start, by two hours of the zone's clock.</summary>
    [HttpGet("chat-busier/hourly-data")]
    [ProducesResponseType<BusyHoursPayload>(StatusCodes.Status200OK)]
    public Task<IActionResult> HourlyData([FromQuery] DayParameters day) => Show(
        ["start", "timezone"],
        report => new GetBusyHours(report.Start, report.TimeZone),
        (hours, _) => new BusyHoursPayload([.. hours.Select(hour => new HourPayload(hour.Users, hour.Hour))]));
}

/// <param name="Hours">22, 20 … 0.</param>
public sealed record BusyHoursPayload(IReadOnlyList<HourPayload> Hours, bool Success = true);

/// <param name="Hour">At which the two hours begin.</param>
public sealed record HourPayload(int Users, int Hour);
