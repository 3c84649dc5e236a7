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
    /// <summary>Lists all messages of the application, newest first.</summary>
    [HttpGet("messages")]
    [RequiresScope("read:message")]
    [ProducesResponseType<CursorPageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> List([FromQuery(Name = "")] CursorParameters page, [FromQuery(Name = "")] MessageParameters filter) =>
        List(page, "/messages", request => new ListMessages(request, filter.ToFilter()));

    /// <summary>Lists the messages of a channel including replies, newest first.</summary>
    [HttpGet("channels/{id:long}/messages")]
    [RequiresScope("read:channel", "read:message")]
    [ProducesResponseType<CursorPageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ListOfChannel(
        long id, [FromQuery(Name = "")] CursorParameters page, [FromQuery(Name = "")] MessageParameters filter) =>
        List(page, $"/channels/{id}/messages", request => new ListChannelMessages(id, request, filter.ToFilter()));

    /// <summary>Lists the messages of a thread, or the direct replies to a message, newest first.</summary>
    [HttpGet("threads/{id:long}/messages")]
    [RequiresScope("read:thread", "read:message")]
    [ProducesResponseType<CursorPageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ListOfThread(
        long id, [FromQuery(Name = "")] CursorParameters page, [FromQuery(Name = "")] MessageParameters filter) =>
        List(page, $"/threads/{id}/messages", request => new ListThreadMessages(id, request, filter.ToFilter()));

    /// <summary>Lists the messages sent by a user, newest first.</summary>
    /// <param name="unread">Lists the unread messages of the user instead.</param>
    [HttpGet("users/{id:long}/messages")]
    [RequiresScope("read:user", "read:channels")]
    [ProducesResponseType<CursorPageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ListOfUser(
        long id, [FromQuery(Name = "")] CursorParameters page, [FromQuery(Name = "")] MessageParameters filter, bool unread) =>
        List(page, $"/users/{id}/messages", request => new ListUserMessages(id, request, filter.ToFilter(), unread));

    private Task<IActionResult> List(
        CursorParameters page, string path, Func<CursorRequest, IRequest<Result<CursorPage<MessageView>>>> request)
    {
        var cursor = page.ToRequest();
        return cursor.IsSuccess
            ? Send(request(cursor.Value), messages => Paged(messages, "messages", path, message => MessageResource.From(message, Links)))
            : Task.FromResult(Refuse(cursor.Error));
    }
}

public sealed class MessageParameters
{
    /// <summary>Lists messages sent by this user.</summary>
    [FromQuery(Name = "username")]
    public string? Username { get; init; }

    /// <summary>
    /// Lists messages that contain these words: <c>"a phrase"</c>, <c>-without</c>, <c>or</c>; or that contain this text literally, from
    /// three letters on also within a word. Ignores case; up to 255 characters.
    /// </summary>
    [FromQuery(Name = "query")]
    public string? Query { get; init; }

    internal MessageFilter ToFilter() => new(Username, Query);
}
