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
    /// <summary>Lists what was said anywhere in the application, newest first.</summary>
    [HttpGet("messages")]
    [RequiresScope("read:message")]
    [ProducesResponseType<CursorPageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> List([FromQuery(Name = "")] CursorParameters page, [FromQuery(Name = "")] MessageParameters filter) =>
        List(page, "/messages", request => new ListMessages(request, filter.ToFilter()));

    /// <summary>Lists what was said in a channel, replies included, newest first.</summary>
    [HttpGet("channels/{id:long}/messages")]
    [RequiresScope("read:channel", "read:message")]
    [ProducesResponseType<CursorPageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ListOfChannel(long id, [FromQuery(Name = "")] CursorParameters page, [FromQuery(Name = "")] MessageParameters filter) =>
        List(page, $"/channels/{id}/messages", request => new ListChannelMessages(id, request, filter.ToFilter()));

    /// <summary>Lists what was said in a thread, or the direct replies to a message, newest first.</summary>
    [HttpGet("threads/{id:long}/messages")]
    [RequiresScope("read:thread", "read:message")]
    [ProducesResponseType<CursorPageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ListOfThread(long id, [FromQuery(Name = "")] CursorParameters page, [FromQuery(Name = "")] MessageParameters filter) =>
        List(page, $"/threads/{id}/messages", request => new ListThreadMessages(id, request, filter.ToFilter()));

    /// <summary>Lists what a user sent, newest first.</summary>
    /// <param name="unread">Lists what they have not read instead.</param>
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

/// <summary>Which messages are wanted (platform contract, rulings 8 and 17).</summary>
public sealed class MessageParameters
{
    /// <summary>Only what this user sent.</summary>
    [FromQuery(Name = "username")]
    public string? Username { get; init; }

    /// <summary>
    /// Only texts with these words: <c>"a phrase"</c>, <c>-without</c>, <c>or</c>; or with this as it stands, from three letters on also
    /// within a word. Up to 255 characters, in any case.
    /// </summary>
    [FromQuery(Name = "query")]
    public string? Query { get; init; }

    internal MessageFilter ToFilter() => new(Username, Query);
}
