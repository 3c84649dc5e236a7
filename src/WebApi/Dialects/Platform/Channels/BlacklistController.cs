using ChatPlatform.Application.Channels;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Dialects.Platform.Users;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Channels;

[Route("v1/channels/{id:long}/blacklist")]
public sealed class BlacklistController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Lists the users on a channel's blacklist.</summary>
    [HttpGet]
    [RequiresScope("read:channel", "read:channel_blacklist")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> List(long id, [FromQuery(Name = "")] PageParameters page) => Send(
        new ListBlacklist(id, page.ToRequest()),
        users => Paged(users, "users", $"/channels/{id}/blacklist", user => UserResource.From(user, Links)));

    /// <summary>Adds a user to a channel's blacklist: their messages are stored but not broadcast.</summary>
    [HttpPost]
    [RequiresScope("read:channel", "read:user", "create:channel_blacklist")]
    [ProducesResponseType<UserResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Add(long id, UserReferenceBody user) => Send(
        new AddToBlacklist(id, user.ToReference()),
        listed => UserResource.From(listed, Links));

    /// <summary>Removes a user from a channel's blacklist.</summary>
    [HttpDelete("{user_id:long}")]
    [RequiresScope("read:channel", "read:user", "delete:channel_blacklist")]
    [ProducesResponseType<ChannelResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Remove(long id, [FromRoute(Name = "user_id")] long userId) => Send(
        new RemoveFromBlacklist(id, userId),
        channel => ChannelResource.From(channel, Links));
}
