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
    /// <summary>How one joins the chat.</summary>
    [HttpGet]
    [RequiresScope("read:chat")]
    [ProducesResponseType<InvitationRecord>(StatusCodes.Status200OK)]
    public Task<IActionResult> Get(Guid chatId) => Send(
        new GetInvitation(chatId),
        invitation => new InvitationRecord(
            invitation.Service,
            invitation.Link.StartsWith('/') ? HttpContext.PublicBaseUrl() + invitation.Link : invitation.Link));

    /// <summary>Replaces the link by a new one; by the old one nobody can join any more.</summary>
    [HttpPost]
    [RequiresScope("update:chat")]
    [ProducesResponseType<IdRecord>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> Renew(Guid chatId, [FromBody] InvitationBody body) =>
        Send(new RenewInvitation(chatId, body.ExpiresAt?.Utc, body.MaxUses), id => Accepted(new IdRecord(id)));

    /// <summary>Takes the link back.</summary>
    [HttpDelete]
    [RequiresScope("update:chat")]
    [ProducesResponseType<IdRecord>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> Revoke(Guid chatId) => Send(new RevokeInvitation(chatId), id => Accepted(new IdRecord(id)));
}

/// <param name="ExpiresAt">In the future; never, when left out.</param>
/// <param name="MaxUses">1 to 99,999; any number, when left out.</param>
public sealed record InvitationBody(Instant? ExpiresAt, int? MaxUses);
