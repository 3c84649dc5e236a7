using ChatPlatform.Application.Notifications;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Notifications;

[Route("v1")]
public sealed class NotificationsController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Lists the notifications of a user, newest first.</summary>
    [HttpGet("users/{id:long}/notifications")]
    [RequiresScope("read:user", "read:notifications")]
    [ProducesResponseType<CursorPageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> List(long id, [FromQuery(Name = "")] CursorParameters page)
    {
        var cursor = page.ToRequest();
        return cursor.IsSuccess
            ? Send(
                new ListNotifications(id, cursor.Value),
                found => Paged(
                    found, "notifications", $"/users/{id}/notifications", notification => NotificationResource.From(notification, Links)))
            : Task.FromResult(Refuse(cursor.Error));
    }

    /// <summary>Marks a notification as read by its recipient.</summary>
    [HttpPost("notifications/{id:long}/read")]
    [RequiresScope("read:notification", "update:notification")]
    [ProducesResponseType<NotificationResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Read(long id) => Send(
        new ReadNotification(id),
        notification => NotificationResource.From(notification, Links));
}
