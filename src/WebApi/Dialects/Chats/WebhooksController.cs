using ChatPlatform.Application.Chats;
using ChatPlatform.WebApi.Hosting;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Chats;

/// <summary>Webhooks of chat services, authenticated by the secret in the path (docs/contracts/chats.md#webhooks).</summary>
[Dialect<ChatsDialect>]
[SecretPath]
[Route("webhooks/{service}/{secret}")]
public sealed class WebhooksController(IMediator mediator) : DialectController(mediator)
{
    /// <summary>Receives an update from a chat service. Repeated updates have no effect.</summary>
    [HttpPost]
    [AllowAnonymous]
    [ProducesResponseType(StatusCodes.Status200OK)]
    public async Task<IActionResult> Receive(string service, string secret)
    {
        using var body = new MemoryStream();
        await Request.Body.CopyToAsync(body, HttpContext.RequestAborted);
        var headers = Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
        return await Send(new ReceiveUpdate(service, new WebhookRequest(secret, headers, body.ToArray())), _ => Ok());
    }
}
