using ChatPlatform.Application.Sessions;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Dialects.Platform.Channels;
using ChatPlatform.WebApi.Dialects.Platform.Messages;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Sessions;

/// <summary>
/// What those inside of a channel are told without its being a message, for clients without a socket (ours, ruling 16): oldest first,
/// and <c>next</c> always leads to what comes after. It can be read for ten minutes.
/// </summary>
[Route("v1/chat-sessions/{id:long}")]
public sealed class ChatSessionEventsController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Lists the events that were sent to the channel since the chat session began.</summary>
    [HttpGet("events")]
    [RequiresScope("read:chat_session", "read:channel_event")]
    [ProducesResponseType<CursorPageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ListEvents(long id, [FromQuery(Name = "")] EphemeralEventParameters page) => List(
        page,
        request => new ListChatSessionEvents(id, request),
        events => page.Shape(events, "events", At($"/chat-sessions/{id}/events"), sent => ChannelEventResource.From(sent, Links)));

    /// <summary>Tells those inside of the channel something of the application's own, on behalf of the user who is inside.</summary>
    [HttpPost("events")]
    [RequiresScope("read:chat_session", "create:channel_event")]
    [ProducesResponseType<ChannelEventResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Publish(long id, ChannelEventBody body) => Send(
        new SendChatSessionEvent(id, body.Type, body.Properties?.Text), sent => ChannelEventResource.From(sent, Links));

    /// <summary>Lists what members typed in the channel since the chat session began.</summary>
    [HttpGet("keystrokes")]
    [RequiresScope("read:chat_session", "read:keystrokes")]
    [ProducesResponseType<CursorPageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ListKeystrokes(long id, [FromQuery(Name = "")] EphemeralEventParameters page) => List(
        page,
        request => new ListChatSessionKeystrokes(id, request),
        keystrokes => page.Shape(
            keystrokes, "keystrokes", At($"/chat-sessions/{id}/keystrokes"), typed => KeystrokesResource.From(typed, Links)));

    private Task<IActionResult> List<T>(
        EphemeralEventParameters page, Func<EphemeralEventRequest, IRequest<Result<EphemeralEventPage<T>>>> request, Func<EphemeralEventPage<T>, object> shape)
    {
        var wanted = page.ToRequest();
        return wanted.IsSuccess ? Send(request(wanted.Value), shape) : Task.FromResult(Refuse(wanted.Error));
    }

    private ListUrl At(string path) => new(Links, path, Request.Query);
}
