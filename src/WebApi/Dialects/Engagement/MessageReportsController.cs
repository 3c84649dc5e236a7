using System.Text.Json.Serialization;
using ChatPlatform.Application.Statistics;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Engagement;

[Dialect<EngagementDialect>]
[Route("api/v1/engagement-dashboard/messages")]
[RequiresPermission(EngagementPermissions.ViewDashboard)]
public sealed class MessageReportsController(IMediator mediator) : EngagementController(mediator)
{
    /// <summary>
    /// Counts messages per day, compared with the preceding period of the same length; <c>yesterday</c> is the day before end.
    /// </summary>
    [HttpGet("messages-sent")]
    [ProducesResponseType<MessagesSentPayload>(StatusCodes.Status200OK)]
    public Task<IActionResult> Sent([FromQuery] PeriodParameters period) => Show(
        ["start", "end", "timezone"],
        report => new GetMessagesSent(report.Start, report.End, report.TimeZone),
        (counts, _) => new MessagesSentPayload(
            counts.Days.Select(day => new MessagesSentPayload.Day(day.Date.ToDateTime(TimeOnly.MinValue), day.Count)),
            ComparisonPayload.From(counts.Period),
            ComparisonPayload.From(counts.Yesterday)));

    /// <summary>Counts messages by room type.</summary>
    [HttpGet("origin")]
    [ProducesResponseType<OriginsPayload>(StatusCodes.Status200OK)]
    public Task<IActionResult> Origin([FromQuery] PeriodParameters period) => Show(
        ["start", "end", "timezone"],
        report => new GetMessageOrigins(report.Start, report.End, report.TimeZone),
        (origins, _) => new OriginsPayload([.. origins.Select(o => new OriginPayload(o.Messages, RoomTypes.LetterOf(o.Type)))]));

    /// <summary>Lists the five rooms with the most messages.</summary>
    [HttpGet("top-five-popular-channels")]
    [ProducesResponseType<PopularRoomsPayload>(StatusCodes.Status200OK)]
    public Task<IActionResult> TopFive([FromQuery] PeriodParameters period) => Show(
        ["start", "end", "timezone"],
        report => new ListPopularChannels(report.Start, report.End, report.TimeZone),
        (rooms, _) => new PopularRoomsPayload(
            [.. rooms.Select(r => new PopularRoomPayload(r.Messages, RoomTypes.LetterOf(r.Type), r.Name, r.UserNames))]));
}

public sealed record MessagesSentPayload(
    IEnumerable<MessagesSentPayload.Day> Days, ComparisonPayload Period, ComparisonPayload Yesterday, bool Success = true)
{
    /// <param name="Date">The date in the time zone, written as midnight UTC.</param>
    public sealed record Day([property: JsonPropertyName("day")] DateTime Date, long Messages);
}

/// <param name="Origins">c, p and d, including zeros.</param>
public sealed record OriginsPayload(IReadOnlyList<OriginPayload> Origins, bool Success = true);

/// <param name="Type"><c>c</c> public, <c>p</c> private, <c>d</c> direct.</param>
public sealed record OriginPayload(long Messages, [property: JsonPropertyName("t")] string Type);

public sealed record PopularRoomsPayload(IReadOnlyList<PopularRoomPayload> Channels, bool Success = true);

/// <param name="Name">Absent for direct rooms.</param>
/// <param name="Usernames">The members of a direct room.</param>
public sealed record PopularRoomPayload(
    long Messages, [property: JsonPropertyName("t")] string Type, string? Name, IReadOnlyList<string>? Usernames);
