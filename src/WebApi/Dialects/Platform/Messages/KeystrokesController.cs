using ChatPlatform.Application.Messages;
using ChatPlatform.WebApi.Dialects.Platform.Users;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Messages;

[Route("v1")]
public sealed class KeystrokesController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Sends what a member is typing to the users with an open chat session in a channel.</summary>
    [HttpPost("channels/{id:long}/keystrokes")]
    [RequiresScope("read:channel", "read:user", "create:keystrokes")]
    [ProducesResponseType<KeystrokesResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> SendToChannel(long id, KeystrokesBody body) => Send(body.ToRequest(MessageTarget.Channel(id)));

    /// <summary>Sends what a member is typing in a thread, or in reply to a message.</summary>
    [HttpPost("threads/{id:long}/keystrokes")]
    [RequiresScope("read:thread", "read:user", "create:keystrokes")]
    [ProducesResponseType<KeystrokesResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> SendToThread(long id, KeystrokesBody body) => Send(body.ToRequest(MessageTarget.Thread(id)));

    private Task<IActionResult> Send(SendKeystrokes request) =>
        Send(request, keystrokes => KeystrokesResource.From(keystrokes, Links));
}

public sealed record KeystrokesBody
{
    /// <summary>The text typed so far; may be empty.</summary>
    public string? Keys { get; init; }

    public UserReferenceBody? User { get; init; }

    internal SendKeystrokes ToRequest(MessageTarget target) => new(target, Keys, User?.ToReference());
}
