using ChatPlatform.Application.Channels;
using ChatPlatform.WebApi.Dialects.Platform.Users;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Channels;

[Route("v1/channels/{id:long}")]
public sealed class MutesController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Mutes a channel for a member: their notifications from it are marked as muted.</summary>
    [HttpPost("mute")]
    [RequiresScope("read:channel", "read:user", "update:channel_membership")]
    [ProducesResponseType<ChannelResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Mute(long id, UserReferenceBody user) => Send(id, user, muted: true);

    /// <summary>Unmutes a channel for a member.</summary>
    [HttpPost("unmute")]
    [RequiresScope("read:channel", "read:user", "update:channel_membership")]
    [ProducesResponseType<ChannelResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Unmute(long id, UserReferenceBody user) => Send(id, user, muted: false);

    private Task<IActionResult> Send(long id, UserReferenceBody user, bool muted) => Send(
        new MuteChannel(id, user.ToReference(), muted),
        channel => ChannelResource.From(channel, Links));
}
