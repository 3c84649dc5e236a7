using System.Globalization;
using System.Text.Json.Serialization;
using ChatPlatform.Application.Statistics;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Users;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Engagement;

[Dialect<EngagementDialect>]
[Route("api/v1/engagement-dashboard/channels")]
[RequiresPermission(EngagementPermissions.ViewDashboard)]
public sealed class RoomReportsController(IMediator mediator) : EngagementController(mediator)
{
    /// <summary>Lists rooms by messages from start to end, most first, compared with the preceding period of the same length.</summary>
    /// <param name="hideRoomsWithNoActivity"><c>true</c> leaves out rooms without messages in both periods.</param>
    [HttpGet("list")]
    [ProducesResponseType<RoomActivityListPayload>(StatusCodes.Status200OK)]
    public Task<IActionResult> List(
        [FromQuery] PeriodParameters period, [FromQuery] PageParameters page, [FromQuery] string? hideRoomsWithNoActivity) =>
        Show(
            ["start", "end", "timezone", "count", "offset", "hideRoomsWithNoActivity"],
            report => new ListChannelActivity(report.Start, report.End, report.TimeZone, report.HideIdle, report.Offset, report.Count),
            RoomActivityListPayload.From);
}

/// <param name="Total">Rows on all pages.</param>
/// <param name="Count">Rows on this page.</param>
public sealed record RoomActivityListPayload(
    IReadOnlyList<RoomActivityPayload> Channels, long Total, int Offset, int Count, bool Success = true)
{
    internal static RoomActivityListPayload From(ChannelActivityPage page, Report report) =>
        new([.. page.Channels.Select(RoomActivityPayload.From)], page.Total, report.Offset, page.Channels.Count);
}

/// <param name="LastWeekMessages">Messages in the preceding period, whatever its length.</param>
public sealed record RoomActivityPayload(RoomPayload Room, long Messages, long LastWeekMessages, long DiffFromLastWeek)
{
    internal static RoomActivityPayload From(ChannelActivityView view) => new(
        new(view.ChannelId.ToString(CultureInfo.InvariantCulture), view.Name, view.UserNames,
            view.CreatedTime, RoomTypes.LetterOf(view.Type), view.UpdatedTime),
        view.Messages,
        view.MessagesBefore,
        view.Messages - view.MessagesBefore);
}

/// <param name="Name">Absent for direct rooms.</param>
/// <param name="Usernames">The members of a direct room.</param>
/// <param name="CreatedTime">UTC.</param>
/// <param name="Type"><c>c</c> public, <c>p</c> private, <c>d</c> direct.</param>
public sealed record RoomPayload(
    [property: JsonPropertyName("_id")] string Id,
    string? Name,
    IReadOnlyList<string>? Usernames,
    [property: JsonPropertyName("ts")] DateTime CreatedTime,
    [property: JsonPropertyName("t")] string Type,
    [property: JsonPropertyName("_updatedAt")] DateTime UpdatedTime);

internal static class RoomTypes
{
    public static string LetterOf(ChannelType type) => type switch
    {
        ChannelType.Public => "c",
        ChannelType.Private => "p",
        _ => "d",
    };
}

/// <summary>Names of permissions in this dialect (docs/contracts/engagement.md#permissions).</summary>
internal static class EngagementPermissions
{
    public const string ViewDashboard = "view-engagement-dashboard";

    public const string BypassRateLimit = "api-bypass-rate-limit";

    /// <summary>Always held by admins only; cannot be granted.</summary>
    public const string ChangePermissions = "access-permissions";

    public static readonly string[] Grantable = [ViewDashboard, BypassRateLimit, Permission.DeleteChannels, Permission.DeleteMessages];
}
