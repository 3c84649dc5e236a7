using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Chats;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Chats;

/// <summary>The target of invitation links to internal chats.</summary>
[Dialect<ChatsDialect>]
[SecretPath]
[Route(ChatInvitation.Path + "{code}")]
public sealed class JoinController(IMediator mediator) : DialectController(mediator)
{
    /// <summary>Shows an HTML page with the chat and a form to join.</summary>
    [HttpGet]
    [AllowAnonymous]
    [Produces("text/html")]
    [ProducesResponseType<string>(StatusCodes.Status200OK)]
    public Task<IActionResult> Show(string code) =>
        Send(new GetInvitationPreview(code), invitation => new InvitationPage(invitation));

    /// <summary>Adds the user of the login token to the chat. No effect if the user already takes part.</summary>
    [HttpPost]
    [Authorize(AuthenticationSchemes = Schemes.Login)]
    [ProducesResponseType<IdRecord>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> Join(string code) =>
        Send(new AcceptInvitation(code, User.UserId()), id => Accepted(new IdRecord(id)));
}
