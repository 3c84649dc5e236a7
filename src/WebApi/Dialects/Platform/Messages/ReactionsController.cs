using ChatPlatform.Application.Messages;
using ChatPlatform.Application.Users;
using ChatPlatform.WebApi.Dialects.Platform.Users;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ChatPlatform.WebApi.Dialects.Platform.Messages;

/// <summary>Clients that send no body name the user in the query (docs/contracts/platform.md#reactions).</summary>
[Route("v1/messages/{id:long}/reactions/{alias}")]
public sealed class ReactionsController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Adds a reaction to a message on behalf of a user.</summary>
    /// <param name="alias">The alias of an emoji, such as <c>thumbsup</c>, or the emoji itself.</param>
    [HttpPut]
    [RequiresScope("read:message", "read:user", "create:reaction")]
    [ProducesResponseType<MessageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Add(
        long id,
        string alias,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] UserReferenceBody? user,
        [FromQuery] string? username) => Send(
            new AddReaction(id, alias, ReferenceOf(user, username)),
            message => MessageResource.From(message, Links));

    /// <summary>Removes a user's reaction from a message.</summary>
    [HttpDelete]
    [RequiresScope("read:message", "read:user", "delete:reaction")]
    [ProducesResponseType<MessageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Remove(
        long id,
        string alias,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] UserReferenceBody? user,
        [FromQuery] string? username) => Send(
            new RemoveReaction(id, alias, ReferenceOf(user, username)),
            message => MessageResource.From(message, Links));

    private static UserReference ReferenceOf(UserReferenceBody? user, string? username) =>
        user?.ToReference() ?? new UserReference(Username: username);
}
