using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Chats;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Chats;

/// <summary>Where the links of chats that live on this server lead to.</summary>
[Dialect<ChatsDialect>]
[SecretPath]
[Route(ChatInvitation.Path + "{code}")]
public sealed class JoinController(IMediator mediator) : DialectController(mediator)
{
    /// <summary>A page for people that says what they are invited to.</summary>
    [HttpGet]
    [AllowAnonymous]
    [Produces("text/html")]
    [ProducesResponseType<string>(StatusCodes.Status200OK)]
    public Task<IActionResult> Show(string code) =>
        Send(new GetInvitationPreview(code), invitation => new InvitationPage(invitation));

    /// <summary>Joins as the user of the login token; joining twice changes nothing.</summary>
    [HttpPost]
    [Authorize(AuthenticationSchemes = Schemes.Login)]
    [ProducesResponseType<IdRecord>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> Join(string code) =>
        Send(new AcceptInvitation(code, User.UserId()), id => Accepted(new IdRecord(id)));
}
