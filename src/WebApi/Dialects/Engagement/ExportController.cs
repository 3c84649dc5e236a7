using ChatPlatform.Application.Statistics;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Engagement;

[Dialect<EngagementDialect>]
[Route("api/v1/engagement-dashboard/export")]
[RequiresPermission(EngagementPermissions.ViewDashboard)]
public sealed class ExportController(IMediator mediator) : DialectController(mediator)
{
    /// <summary>Streams all pages of a report as a file.</summary>
    /// <param name="report">The report's path below the dashboard, such as <c>channels/list</c>.</param>
    /// <param name="format"><c>csv</c>.</param>
    /// <param name="period">As for the report itself.</param>
    /// <param name="hideRoomsWithNoActivity">For <c>channels/list</c>.</param>
    [HttpGet]
    [Produces("text/csv")]
    [ProducesResponseType<string>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Export(
        [FromQuery] string? report,
        [FromQuery] string? format,
        [FromQuery] PeriodParameters period,
        [FromQuery] string? hideRoomsWithNoActivity)
    {
        var read = ReportParameters.Read(Request.QueryString, ExportedReports.ParametersOf(report) ?? ["report", "format", "start", "end"]);
        if (!read.IsSuccess)
        {
            return Refuse(read.Error);
        }

        var (start, end, zone) = (read.Value.Start, read.Value.End, read.Value.TimeZone);
        return await (report switch
        {
            ExportedReports.RoomList => Table(new ListAllChannelActivity(start, end, zone, read.Value.HideIdle), ExportedReports.Rooms),
            ExportedReports.HourlyData => Table(new GetBusyHours(start, zone), ExportedReports.Hours),
            ExportedReports.WeeklyData => Table(new GetBusyWeek(start, zone), ExportedReports.Week),
            ExportedReports.ByTimeOfTheDay => Table(new GetActiveHours(start, end, zone), ExportedReports.ActiveHours),
            ExportedReports.ActiveUsers => Table(new ListActiveUsers(start, end, zone), ExportedReports.Active),
            ExportedReports.NewUsers => Table(new GetNewUsers(start, end, zone), counts => ExportedReports.Days(counts, "users")),
            ExportedReports.MessagesSent => Table(
                new GetMessagesSent(start, end, zone), counts => ExportedReports.Days(counts, "messages")),
            ExportedReports.Origin => Table(new GetMessageOrigins(start, end, zone), ExportedReports.Origins),
            _ => Table(new ListPopularChannels(start, end, zone), ExportedReports.Popular),
        });
    }

    private Task<IActionResult> Table<T>(IRequest<Result<T>> request, Func<T, CsvResult> table) =>
        Send(request, value => (IActionResult)table(value));
}
