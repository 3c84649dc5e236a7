using ChatPlatform.Application.Common;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Users;
using ChatPlatform.WebApi.Dialects.Platform.Applications;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ChatPlatform.WebApi.Dialects.Platform.Users;

[Route("v1/users")]
public sealed class UsersController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Lists users, optionally with this exact name or these properties.</summary>
    /// <param name="properties">A JSON object that the user's properties must contain.</param>
    [HttpGet]
    [RequiresScope("read:user")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> List([FromQuery(Name = "")] PageParameters page, string? name, string? properties) => Send(
        new ListUsers(page.ToRequest(), name, properties),
        users => Paged(users, "users", "/users", user => UserResource.From(user, Links)));

    /// <summary>Creates a user. The name must not be taken.</summary>
    [HttpPost]
    [RequiresScope("create:user")]
    [ProducesResponseType<UserResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Create(CreateUserBody body) => Send(
        new CreateUser(body.Name, body.DisplayName, body.IsGuest ?? false, body.Properties?.Text),
        user => UserResource.From(user, Links),
        user => user.Version);

    /// <summary>Checks whether a user with this name exists: 200 or 404, without a body.</summary>
    [HttpHead]
    [RequiresScope("read:user")]
    [ProducesResponseType(StatusCodes.Status200OK)]
    public Task<IActionResult> Exists(string? name) => Send(
        new GetUser(new UserReference(Username: name)),
        IActionResult (_) => Ok());

    /// <summary>Retrieves a user.</summary>
    [HttpGet("{id:long}")]
    [RequiresScope("read:user")]
    [ProducesResponseType<UserResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Retrieve(long id) => Send(
        new GetUser(new UserReference(id)),
        user => UserResource.From(user, Links),
        user => user.Version);

    /// <summary>Updates the given fields. Null resets a field to its default; <c>properties</c> are merged key by key (RFC 7396).</summary>
    [HttpPatch("{id:long}")]
    [RequiresScope("read:user", "update:user")]
    [ProducesResponseType<UserResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Update(long id, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] UserPatchBody? body) => Send(
        versions => (body ?? new()).ToRequest(id, versions),
        user => new TaggedResult(UserResource.From(user, Links), user.Version));

    /// <summary>Deletes a user. Their messages remain, attributed to a deleted user.</summary>
    /// <param name="erase">Deletes their messages too.</param>
    [HttpDelete("{id:long}")]
    [RequiresScope("read:user", "delete:user")]
    [ProducesResponseType<ApplicationResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Delete(long id, bool erase) =>
        SendForApplication(versions => new DeleteUser(id, erase, versions));
}

public sealed record CreateUserBody
{
    /// <summary>Unique in the application; up to 255 characters.</summary>
    public string? Name { get; init; }

    public string? DisplayName { get; init; }

    public bool? IsGuest { get; init; }

    public RawJson? Properties { get; init; }
}

public sealed record UserPatchBody
{
    public Optional<string> DisplayName { get; init; }

    public Optional<bool?> IsGuest { get; init; }

    /// <summary>AVAILABLE or IN_CALL.</summary>
    public Optional<CallStatus?> CallStatus { get; init; }

    public Optional<PresencePatchBody> Presence { get; init; }

    public Optional<RawJson?> Properties { get; init; }

    internal UpdateUser ToRequest(long id, IReadOnlyCollection<uint>? versions) => new(
        id,
        DisplayName,
        IsGuest,
        CallStatus,
        Presence is { IsSet: true, Value: null } ? new Optional<string>(true, null) : Presence.Value?.Status ?? default,
        new Optional<string>(Properties.IsSet, Properties.Value?.Text),
        versions);
}

public sealed record PresencePatchBody
{
    public Optional<string> Status { get; init; }
}
