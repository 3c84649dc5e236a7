using ChatPlatform.Application.Messages;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Dialects.Platform.Applications;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ChatPlatform.WebApi.Dialects.Platform.Messages;

[Route("v1")]
public sealed class MessagesController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>
    /// Sends a message to a channel, from a user or the system. A file is sent as multipart with <c>file</c>, <c>groupTag</c>,
    /// <c>username</c>, <c>properties</c>.
    /// </summary>
    [HttpPost("channels/{id:long}/messages")]
    [RequiresScope("read:channel", "read:user", "create:message")]
    [ProducesResponseType<MessageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> SendToChannel(long id, MessageBody body) => Send(body.ToRequest(MessageTarget.Channel(id)));

    /// <summary>Sends a message or a file to a thread, or as a reply to a message.</summary>
    [HttpPost("threads/{id:long}/messages")]
    [RequiresScope("read:thread", "read:user", "create:message")]
    [ProducesResponseType<MessageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> SendToThread(long id, MessageBody body) => Send(body.ToRequest(MessageTarget.Thread(id)));

    /// <summary>Retrieves a message.</summary>
    [HttpGet("messages/{id:long}")]
    [RequiresScope("read:message")]
    [ProducesResponseType<MessageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Retrieve(long id) => Send(
        new GetMessage(id),
        message => MessageResource.From(message, Links),
        message => message.Version);

    /// <summary>Edits a message. <c>properties</c> are merged key by key (RFC 7396). Earlier versions are kept.</summary>
    [HttpPatch("messages/{id:long}")]
    [RequiresScope("read:message", "update:message")]
    [ProducesResponseType<MessageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Update(long id, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] MessagePatchBody? body) => Send(
        versions => (body ?? new()).ToRequest(id, versions),
        message => new TaggedResult(MessageResource.From(message, Links), message.Version));

    /// <summary>Lists the versions of a message, oldest first. Empty if it was never edited.</summary>
    [HttpGet("messages/{id:long}/versions")]
    [RequiresScope("read:message")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ListVersions(long id, [FromQuery(Name = "")] PageParameters page) => Send(
        new ListMessageVersions(id, page.ToRequest()),
        versions => Paged(versions, "versions", $"/messages/{id}/versions", MessageVersionResource.From));

    /// <summary>Deletes a message with all its replies, and returns the thread of those replies.</summary>
    [HttpDelete("messages/{id:long}")]
    [RequiresScope("read:message", "delete:message")]
    [ProducesResponseType<ThreadResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Delete(long id) => Send(
        versions => new DeleteMessage(id, versions),
        thread => Ok(ThreadResource.From(thread, Links)));

    /// <summary>Deletes all messages of the application.</summary>
    [HttpDelete("messages")]
    [RequiresScope("read:message", "delete:message")]
    [ProducesResponseType<ApplicationResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> DeleteAll() => SendForApplication(_ => new DeleteMessages());

    private Task<IActionResult> Send(Result<SendMessage> request) => request.IsSuccess
        ? Send(request.Value, message => MessageResource.From(message, Links), message => message.Version)
        : Task.FromResult(Refuse(request.Error));
}
