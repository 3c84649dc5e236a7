using ChatPlatform.Application.Messages;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Dialects.Platform.Users;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Messages;

[Route("v1")]
public sealed class ReportsController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Reports a message on behalf of a user.</summary>
    [HttpPost("messages/{id:long}/reports")]
    [RequiresScope("read:message", "read:user", "create:message_report")]
    [ProducesResponseType<MessageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Report(long id, ReportBody body) => Send(
        new ReportMessage(id, body.User?.ToReference(), body.Reason),
        message => MessageResource.From(message, Links));

    /// <summary>Lists the reported messages of a channel.</summary>
    [HttpGet("channels/{id:long}/reported-messages")]
    [RequiresScope("read:channel", "read:message")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> List(long id, [FromQuery(Name = "")] PageParameters page) => Send(
        new ListReportedMessages(id, page.ToRequest()),
        messages => Paged(messages, "messages", $"/channels/{id}/reported-messages", message => MessageResource.From(message, Links)));
}

public sealed record ReportBody
{
    public UserReferenceBody? User { get; init; }

    /// <summary>Up to 1,000 characters.</summary>
    public string? Reason { get; init; }
}
