using ChatPlatform.Application.Channels;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Dialects.Platform.Users;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Channels;

[Route("v1/channels/{id:long}/moderators")]
public sealed class ModeratorsController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Lists the moderators of a channel.</summary>
    [HttpGet]
    [RequiresScope("read:channel", "read:channel_moderator")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> List(long id, [FromQuery(Name = "")] PageParameters page) => Send(
        new ListModerators(id, page.ToRequest()),
        moderators => Paged(moderators, "users", $"/channels/{id}/moderators", moderator => UserResource.From(moderator, Links)));

    /// <summary>Makes a member of a group channel a moderator.</summary>
    [HttpPost]
    [RequiresScope("read:channel", "read:user", "read:channel_membership", "create:channel_moderator")]
    [ProducesResponseType<UserResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Add(long id, UserReferenceBody user) => Send(
        new AddModerator(id, user.ToReference()),
        moderator => UserResource.From(moderator, Links));

    /// <summary>Removes a moderator, who remains a member.</summary>
    [HttpDelete("{user_id:long}")]
    [RequiresScope("read:channel", "read:user", "delete:channel_moderator")]
    [ProducesResponseType<ChannelResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Remove(long id, [FromRoute(Name = "user_id")] long userId) => Send(
        new RemoveModerator(id, userId),
        channel => ChannelResource.From(channel, Links));
}
