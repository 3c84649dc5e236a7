using System.ComponentModel;
using ChatPlatform.Application.Chats;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Chats;

[Dialect<ChatsDialect>]
[Route(ChatsDialect.Root)]
public sealed class ChatsController(IMediator mediator) : DialectController(mediator)
{
    private const int DefaultSize = 20;

    /// <summary>Registers a chat. Its service creates it in the background; <c>isActive</c> is true once that is done.</summary>
    [HttpPost]
    [RequiresScope("create:chat")]
    [ProducesResponseType<IdRecord>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> Create([FromBody] ChatBody body) => Send(
        new CreateChat(body.Title, body.CreatedBy, body.Description, body.Service, body.ExternalId),
        id => Accepted($"{HttpContext.PublicBaseUrl()}/{ChatsDialect.Root}/{id}", new IdRecord(id)));

    /// <summary>Returns a chat with all its titles and its current and former participants. The ETag is for <c>If-Match</c>.</summary>
    [HttpGet("{chatId:guid}")]
    [RequiresScope("read:chat")]
    [ProducesResponseType<ChatRecord>(StatusCodes.Status200OK)]
    public Task<IActionResult> Get(Guid chatId) => Send(new GetChat(chatId), chat =>
    {
        Response.Headers.ETag = $"\"{chat.Version()}\"";
        return ChatRecord.From(chat);
    });

    /// <summary>
    /// Changes a chat. A new title is added to the history; <c>isActive: false</c> closes the chat for good; an empty description
    /// removes it. With <c>If-Match</c> the change applies only if the ETag is still current.
    /// </summary>
    [HttpPatch("{chatId:guid}")]
    [RequiresScope("update:chat")]
    [ProducesResponseType<IdRecord>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> Update(Guid chatId, [FromBody] ChatPatchBody body) => Send(
        new UpdateChat(chatId, body.Title, body.Description, body.IsActive, Request.IfMatch()), id => Accepted(new IdRecord(id)));

    /// <summary>Lists chats, newest first by default. Filters are combined by AND.</summary>
    /// <param name="page">From 0.</param>
    /// <param name="size">1 to 200.</param>
    /// <param name="sort"><c>field:ASC</c> or <c>field:DESC</c>; registeredAt, title, createdBy, isActive or id. Repeatable.</param>
    /// <param name="isActive">Only active, or only inactive, chats.</param>
    /// <param name="id">Only chats with these ids. Repeatable.</param>
    /// <param name="fromDate">Earliest registration, inclusive.</param>
    /// <param name="toDate">Latest registration, inclusive.</param>
    [HttpGet]
    [RequiresScope("read:chat")]
    [ProducesResponseType<PageRecord<ChatRecord>>(StatusCodes.Status200OK)]
    public Task<IActionResult> List(
        [FromQuery] int page = 0,
        [FromQuery, DefaultValue(DefaultSize)] int size = DefaultSize,
        [FromQuery] ChatSort[]? sort = null,
        [FromQuery] bool? isActive = null,
        [FromQuery] Guid[]? id = null,
        [FromQuery] Instant? fromDate = null,
        [FromQuery] Instant? toDate = null) => Send(
            new ListChats(
                new PageRequest(page, size, sort?.Select(key => key.Order).ToList()), isActive, id, fromDate?.Utc, toDate?.Utc),
            chats => chats.ToRecord(HttpContext, ChatRecord.From));
}

/// <param name="Title">1 to 255 characters.</param>
/// <param name="CreatedBy">Up to 50 characters.</param>
/// <param name="Description">Up to 255 characters.</param>
/// <param name="Service">Default <c>internal</c>.</param>
/// <param name="ExternalId">The service's id of an existing conversation, for services that cannot create one.</param>
public sealed record ChatBody(string? Title, string? CreatedBy, string? Description, string? Service, string? ExternalId);

/// <param name="Title">1 to 255 characters.</param>
/// <param name="Description">Up to 255 characters; empty text removes the description.</param>
/// <param name="IsActive">False closes the chat for good.</param>
public sealed record ChatPatchBody(string? Title, string? Description, bool? IsActive);
