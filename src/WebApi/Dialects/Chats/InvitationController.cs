using ChatPlatform.Application.Chats;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Chats;

[Dialect<ChatsDialect>]
[Route(ChatsDialect.Root + "/{chatId:guid}/invitation")]
public sealed class InvitationController(IMediator mediator) : DialectController(mediator)
{
    /// <summary>Returns the link by which users join the chat.</summary>
    [HttpGet]
    [RequiresScope("read:chat")]
    [ProducesResponseType<InvitationRecord>(StatusCodes.Status200OK)]
    public Task<IActionResult> Get(Guid chatId) => Send(
        new GetInvitation(chatId),
        invitation => new InvitationRecord(
            invitation.Service,
            invitation.Link.StartsWith('/') ? HttpContext.PublicBaseUrl() + invitation.Link : invitation.Link));

    /// <summary>Replaces the link and revokes the old one.</summary>
    [HttpPost]
    [RequiresScope("update:chat")]
    [ProducesResponseType<IdRecord>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> Renew(Guid chatId, [FromBody] InvitationBody body) =>
        Send(new RenewInvitation(chatId, body.ExpiresAt?.Utc, body.MaxUses), id => Accepted(new IdRecord(id)));

    /// <summary>Revokes the link.</summary>
    [HttpDelete]
    [RequiresScope("update:chat")]
    [ProducesResponseType<IdRecord>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> Revoke(Guid chatId) => Send(new RevokeInvitation(chatId), id => Accepted(new IdRecord(id)));
}

/// <param name="ExpiresAt">In the future. Without it the link does not expire.</param>
/// <param name="MaxUses">1 to 99,999. Without it the number of uses is not limited.</param>
public sealed record InvitationBody(Instant? ExpiresAt, int? MaxUses);
