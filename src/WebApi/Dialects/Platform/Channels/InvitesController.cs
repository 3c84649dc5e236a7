using ChatPlatform.Application.Channels;
using ChatPlatform.Domain.Channels;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Dialects.Platform.Users;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Channels;

[Route("v1/channels/{id:long}/invites")]
public sealed class InvitesController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Lists the pending invites to a channel.</summary>
    [HttpGet]
    [RequiresScope("read:channel_invite")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> List(long id, [FromQuery(Name = "")] PageParameters page) => Send(
        new ListInvites(id, page.ToRequest()),
        invites => Paged(invites, "invites", $"/channels/{id}/invites", invite => InviteResource.From(invite, Links)));

    /// <summary>Invites a user to a group channel.</summary>
    [HttpPost]
    [RequiresScope("read:channel", "read:user", "create:channel_invite")]
    [ProducesResponseType<InviteResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Invite(long id, InviteBody body) => Send(
        new SendInvite(id, body.User?.ToReference()),
        invite => InviteResource.From(invite, Links));

    /// <summary>Accepts an invite on behalf of the invitee, who becomes a member.</summary>
    [HttpPost("{user_id:long}/accept")]
    [RequiresScope("read:channel", "read:user", "create:channel_membership")]
    [ProducesResponseType<ChannelResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Accept(long id, [FromRoute(Name = "user_id")] long userId) => End(id, userId, InviteOutcome.Accepted);

    /// <summary>Declines an invite on behalf of the invitee.</summary>
    [HttpPost("{user_id:long}/decline")]
    [RequiresScope("read:channel", "read:user", "update:channel_invite")]
    [ProducesResponseType<ChannelResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Decline(long id, [FromRoute(Name = "user_id")] long userId) => End(id, userId, InviteOutcome.Declined);

    /// <summary>Revokes an invite.</summary>
    [HttpDelete("{user_id:long}")]
    [RequiresScope("read:channel", "read:user", "delete:channel_invite")]
    [ProducesResponseType<ChannelResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Revoke(long id, [FromRoute(Name = "user_id")] long userId) => End(id, userId, InviteOutcome.Revoked);

    private Task<IActionResult> End(long id, long userId, InviteOutcome outcome) => Send(
        new EndInvite(id, userId, outcome),
        channel => ChannelResource.From(channel, Links));
}

public sealed record InviteBody
{
    public UserReferenceBody? User { get; init; }
}
