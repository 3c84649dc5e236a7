using ChatPlatform.Application.Users;
using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Users;

/// <summary>Values that the application keeps with a user, encrypted (platform contract, ruling 11).</summary>
[Route("v1/users/{id:long}/secrets/{name}")]
public sealed class SecretsController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Retrieves a secret of a user.</summary>
    [HttpGet]
    [RequiresScope("read:user_secret")]
    [ResponseCache(NoStore = true)]
    [ProducesResponseType<SecretResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Retrieve(long id, string name) =>
        Send(new GetUserSecret(id, name), secret => new SecretResource(new RawJson(secret)));

    /// <summary>Keeps a secret with a user, in the place of one of the same name.</summary>
    [HttpPut]
    [RequiresScope("read:user", "update:user_secret")]
    [ProducesResponseType<UserResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Set(long id, string name, SecretBody body) => Send(
        new SetUserSecret(id, name, body.Secret?.Text),
        user => UserResource.From(user, Links),
        user => user.Version);

    /// <summary>Removes a secret of a user.</summary>
    [HttpDelete]
    [RequiresScope("read:user", "delete:user_secret")]
    [ProducesResponseType<UserResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Remove(long id, string name) => Send(
        new RemoveUserSecret(id, name),
        user => UserResource.From(user, Links),
        user => user.Version);
}

public sealed record SecretBody
{
    /// <summary>Any JSON; up to 65,536 characters.</summary>
    public RawJson? Secret { get; init; }
}

public sealed record SecretResource(RawJson Secret);
