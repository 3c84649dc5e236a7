using ChatPlatform.Application.Users;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Users;

[Route("v1/users")]
public sealed class UsersController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Lists users, filtered by exact name or by properties that they must have.</summary>
    /// <param name="properties">A JSON object.</param>
    [HttpGet]
    [RequiresScope("read:user")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> List([FromQuery(Name = "")] PageParameters page, string? name, string? properties) => Send(
        new ListUsers(page.ToRequest(), name, properties),
        users => Paged(users, "users", "/users", user => UserResource.From(user, Links)));

    /// <summary>Makes a user. A taken name is refused.</summary>
    [HttpPost]
    [RequiresScope("create:user")]
    [ProducesResponseType<UserResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Create(CreateUserBody body) => Send(
        new CreateUser(body.Name, body.DisplayName, body.IsGuest ?? false, body.Properties?.Text),
        user => UserResource.From(user, Links));

    /// <summary>Whether a user of this name exists: 200 or 404, without a body.</summary>
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
        user => UserResource.From(user, Links));
}

public sealed record CreateUserBody
{
    /// <summary>Unique in the application; up to 255 characters.</summary>
    public string? Name { get; init; }

    public string? DisplayName { get; init; }

    public bool? IsGuest { get; init; }

    /// <summary>A JSON object.</summary>
    public RawJson? Properties { get; init; }
}
