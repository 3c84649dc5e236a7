using ChatPlatform.Application.Messages;
using ChatPlatform.Application.Users;
using ChatPlatform.WebApi.Dialects.Platform.Users;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ChatPlatform.WebApi.Dialects.Platform.Messages;

/// <summary>Reactions on behalf of users (ours, ruling 16). The user may be named in the query where a client sends no body.</summary>
[Route("v1/messages/{id:long}/reactions/{alias}")]
public sealed class ReactionsController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Reacts to a message with an emoji.</summary>
    /// <param name="alias">Such as <c>thumbsup</c>, or the emoji itself.</param>
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

    /// <summary>Takes a reaction back.</summary>
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
