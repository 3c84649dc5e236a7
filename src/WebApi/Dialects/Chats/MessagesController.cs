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

    /// <summary>Sends a message as the application or on behalf of a participant.</summary>
    [HttpPost]
    [RequiresScope("update:chat")]
    [ProducesResponseType<MessageIdRecord>(StatusCodes.Status201Created)]
    public Task<IActionResult> Create(Guid chatId, [FromBody] MessageBody body) => Send(
        new SendChatMessage(chatId, body.Text, body.PinMessage ?? false, body.WrittenBy),
        id => Created(
            string.Create(CultureInfo.InvariantCulture, $"{HttpContext.PublicBaseUrl()}/{ChatsDialect.Root}/{chatId}/messages/{id}"),
            new MessageIdRecord(id.ToString(CultureInfo.InvariantCulture))));

    /// <summary>Lists the messages of the chat, newest first. Links lead to further pages.</summary>
    /// <param name="size">1 to 200.</param>
    /// <param name="cursor">A position in the list, taken from a link.</param>
    [HttpGet]
    [RequiresScope("read:chat")]
    [ProducesResponseType<MessagePageRecord>(StatusCodes.Status200OK)]
    public Task<IActionResult> List(
        Guid chatId, [FromQuery, DefaultValue(DefaultSize)] int size = DefaultSize, [FromQuery] MessageCursor? cursor = null) => Send(
            new ListChatMessages(chatId, new CursorRequest(cursor?.Position, cursor?.Direction ?? CursorDirection.Older, size)),
            messages => MessagePageRecord.From(messages, HttpContext));

    /// <summary>Returns a message with all its versions, also after it was deleted.</summary>
    [HttpGet("{messageId:long}")]
    [RequiresScope("read:chat")]
    [ProducesResponseType<MessageRecord>(StatusCodes.Status200OK)]
    public Task<IActionResult> Get(Guid chatId, long messageId) => Send(new GetChatMessage(chatId, messageId), MessageRecord.From);
}

/// <param name="Text">1 to 65,536 characters.</param>
/// <param name="PinMessage">Whether the message replaces the pinned one.</param>
/// <param name="WrittenBy">The id of an active participant. Without it the application writes the message.</param>
public sealed record MessageBody(string? Text, bool? PinMessage, Guid? WrittenBy);
