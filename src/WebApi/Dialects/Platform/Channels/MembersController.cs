using ChatPlatform.Application.Channels;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Dialects.Platform.Users;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Channels;

[Route("v1/channels/{id:long}")]
public sealed class MembersController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Lists the members of a channel.</summary>
    [HttpGet("members")]
    [RequiresScope("read:channel", "read:channel_membership")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> List(long id, [FromQuery(Name = "")] PageParameters page) => Send(
        new ListMembers(id, page.ToRequest()),
        members => Paged(members, "users", $"/channels/{id}/members", member => UserResource.From(member, Links)));

    /// <summary>Adds a user to a group channel. No effect if already a member.</summary>
    [HttpPost("members")]
    [RequiresScope("read:channel", "read:user", "create:channel_membership")]
    [ProducesResponseType<ChannelResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Add(long id, UserReferenceBody user) => Send(
        new AddMember(id, user.ToReference()),
        channel => ChannelResource.From(channel, Links));

    /// <summary>Removes a member from a group channel.</summary>
    [HttpDelete("members/{user_id:long}")]
    [RequiresScope("read:channel", "read:user", "delete:channel_membership")]
    [ProducesResponseType<ChannelResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Remove(long id, [FromRoute(Name = "user_id")] long userId) => Send(
        new RemoveMember(id, userId),
        channel => ChannelResource.From(channel, Links));

    /// <summary>Lists the members with an open chat session in a channel.</summary>
    [HttpGet("participants")]
    [RequiresScope("read:channel", "read:chat_session")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ListParticipants(long id, [FromQuery(Name = "")] PageParameters page) => Send(
        new ListParticipants(id, page.ToRequest()),
        participants => Paged(
            participants, "users", $"/channels/{id}/participants", participant => UserResource.From(participant, Links)));

    /// <summary>Lists the memberships of a channel.</summary>
    [HttpGet("memberships")]
    [RequiresScope("read:channel", "read:channel_membership")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ListMemberships(long id, [FromQuery(Name = "")] PageParameters page) => Send(
        new ListMemberships(id, page.ToRequest()),
        memberships => Paged(
            memberships, "memberships", $"/channels/{id}/memberships", membership => MembershipResource.From(membership, Links)));
}
