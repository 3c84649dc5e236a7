using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Application.Messages;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Messages;

[Route("v1")]
public sealed class MessageListsController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Lists the application's messages, newest first; also those that were received and not passed on.</summary>
    [HttpGet("messages")]
    [RequiresScope("read:message")]
    [ProducesResponseType<CursorPageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> List([FromQuery(Name = "")] CursorParameters page, string? username) =>
        List(page, "/messages", request => new ListMessages(request, username));

    /// <summary>Lists what was said in a channel, replies included, newest first.</summary>
    [HttpGet("channels/{id:long}/messages")]
    [RequiresScope("read:channel", "read:message")]
    [ProducesResponseType<CursorPageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ListOfChannel(long id, [FromQuery(Name = "")] CursorParameters page, string? username) =>
        List(page, $"/channels/{id}/messages", request => new ListChannelMessages(id, request, username));

    /// <summary>Lists what was said in a thread, or the direct replies to a message, newest first.</summary>
    [HttpGet("threads/{id:long}/messages")]
    [RequiresScope("read:thread", "read:message")]
    [ProducesResponseType<CursorPageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ListOfThread(long id, [FromQuery(Name = "")] CursorParameters page) =>
        List(page, $"/threads/{id}/messages", request => new ListThreadMessages(id, request));

    /// <summary>Lists what a user sent, newest first.</summary>
    /// <param name="unread">Lists what they have not read instead.</param>
    [HttpGet("users/{id:long}/messages")]
    [RequiresScope("read:user", "read:channels")]
    [ProducesResponseType<CursorPageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ListOfUser(long id, [FromQuery(Name = "")] CursorParameters page, bool unread) =>
        List(page, $"/users/{id}/messages", request => new ListUserMessages(id, request, unread));

    private Task<IActionResult> List(
        CursorParameters page, string path, Func<CursorRequest, IRequest<Result<CursorPage<MessageView>>>> request)
    {
        var cursor = page.ToRequest();
        return cursor.IsSuccess
            ? Send(request(cursor.Value), messages => Paged(messages, "messages", path, message => MessageResource.From(message, Links)))
            : Task.FromResult(Refuse(cursor.Error));
    }
}
