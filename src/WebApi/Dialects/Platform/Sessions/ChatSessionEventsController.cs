using ChatPlatform.Application.Sessions;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Dialects.Platform.Channels;
using ChatPlatform.WebApi.Dialects.Platform.Messages;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Sessions;

/// <summary>Pages are oldest first; entries are kept for ten minutes (docs/contracts/platform.md#channel-events-and-keystrokes).</summary>
[Route("v1/chat-sessions/{id:long}")]
public sealed class ChatSessionEventsController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Lists the channel events since the chat session began.</summary>
    [HttpGet("events")]
    [RequiresScope("read:chat_session", "read:channel_event")]
    [ProducesResponseType<CursorPageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ListEvents(long id, [FromQuery(Name = "")] EphemeralEventParameters page) => List(
        page,
        request => new ListChatSessionEvents(id, request),
        events => page.Shape(events, "events", At($"/chat-sessions/{id}/events"), sent => ChannelEventResource.From(sent, Links)));

    /// <summary>Sends a custom event to the channel on behalf of the user of the chat session.</summary>
    [HttpPost("events")]
    [RequiresScope("read:chat_session", "create:channel_event")]
    [ProducesResponseType<ChannelEventResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Publish(long id, ChannelEventBody body) => Send(
        new SendChatSessionEvent(id, body.Type, body.Properties?.Text), sent => ChannelEventResource.From(sent, Links));

    /// <summary>Lists the keystrokes of members in the channel since the chat session began.</summary>
    [HttpGet("keystrokes")]
    [RequiresScope("read:chat_session", "read:keystrokes")]
    [ProducesResponseType<CursorPageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ListKeystrokes(long id, [FromQuery(Name = "")] EphemeralEventParameters page) => List(
        page,
        request => new ListChatSessionKeystrokes(id, request),
        keystrokes => page.Shape(
            keystrokes, "keystrokes", At($"/chat-sessions/{id}/keystrokes"), typed => KeystrokesResource.From(typed, Links)));

    private Task<IActionResult> List<T>(
        EphemeralEventParameters page,
        Func<EphemeralEventRequest, IRequest<Result<EphemeralEventPage<T>>>> request,
        Func<EphemeralEventPage<T>, object> shape)
    {
        var parameters = page.ToRequest();
        return parameters.IsSuccess ? Send(request(parameters.Value), shape) : Task.FromResult(Refuse(parameters.Error));
    }

    private ListUrl At(string path) => new(Links, path, Request.Query);
}
