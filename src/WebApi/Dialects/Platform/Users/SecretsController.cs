using ChatPlatform.Application.Users;
using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Users;

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

    /// <summary>Sets a secret of a user, encrypted; replaces one of the same name.</summary>
    [HttpPut]
    [RequiresScope("read:user", "update:user_secret")]
    [ProducesResponseType<UserResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Set(long id, string name, SecretBody body) => Send(
        new SetUserSecret(id, name, body.Secret?.Text),
        user => UserResource.From(user, Links),
        user => user.Version);

    /// <summary>Deletes a secret of a user.</summary>
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
