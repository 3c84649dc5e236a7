using System.ComponentModel;
using System.Globalization;
using ChatPlatform.Application.Chats;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Chats;

[Dialect<ChatsDialect>]
[Route(ChatsDialect.Root + "/{chatId:guid}/messages")]
public sealed class MessagesController(IMediator mediator) : DialectController(mediator)
{
    private const int DefaultSize = 20;

    /// <summary>Says something in the chat, as the application or on behalf of a participant.</summary>
    [HttpPost]
    [RequiresScope("update:chat")]
    [ProducesResponseType<MessageIdRecord>(StatusCodes.Status201Created)]
    public Task<IActionResult> Create(Guid chatId, [FromBody] MessageBody body) => Send(
        new SendChatMessage(chatId, body.Text, body.PinMessage ?? false, body.WrittenBy),
        id => Created(
            string.Create(CultureInfo.InvariantCulture, $"{HttpContext.PublicBaseUrl()}/{ChatsDialect.Root}/{chatId}/messages/{id}"),
            new MessageIdRecord(id.ToString(CultureInfo.InvariantCulture))));

    /// <summary>What was said in the chat, newest first. Further pages are found by the links.</summary>
    /// <param name="size">1 to 200.</param>
    /// <param name="cursor">A place in the list, as found in a link.</param>
    [HttpGet]
    [RequiresScope("read:chat")]
    [ProducesResponseType<MessagePageRecord>(StatusCodes.Status200OK)]
    public Task<IActionResult> List(
        Guid chatId, [FromQuery, DefaultValue(DefaultSize)] int size = DefaultSize, [FromQuery] MessageCursor? cursor = null) => Send(
            new ListChatMessages(chatId, new CursorRequest(cursor?.Position, cursor?.Direction ?? CursorDirection.Older, size)),
            messages => MessagePageRecord.From(messages, HttpContext));

    /// <summary>One message with all that it ever said, also after it was deleted.</summary>
    [HttpGet("{messageId:long}")]
    [RequiresScope("read:chat")]
    [ProducesResponseType<MessageRecord>(StatusCodes.Status200OK)]
    public Task<IActionResult> Get(Guid chatId, long messageId) => Send(new GetChatMessage(chatId, messageId), MessageRecord.From);
}

/// <param name="Text">1 to 65,536 characters.</param>
/// <param name="PinMessage">Whether to pin it in the place of the one pinned before.</param>
/// <param name="WrittenBy">The id of a participant who takes part now; the application itself, when left out.</param>
public sealed record MessageBody(string? Text, bool? PinMessage, Guid? WrittenBy);
