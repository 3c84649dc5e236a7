using ChatPlatform.Application.Sessions;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Dialects.Platform.Users;
using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Sessions;

[Route("v1/user-sessions")]
public sealed class UserSessionsController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Lists user sessions.</summary>
    /// <param name="state">ACTIVE or ENDED; absent for all.</param>
    [HttpGet]
    [RequiresScope("read:user_session")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> List([FromQuery(Name = "")] PageParameters page, string? state)
    {
        var open = StateFilter.Parse(state);
        return open.IsSuccess
            ? Send(
                new ListUserSessions(page.ToRequest(), open.Value),
                sessions => Paged(sessions, "sessions", "/user-sessions", session => UserSessionResource.From(session, Links)))
            : Task.FromResult(Refuse(open.Error));
    }

    /// <summary>Retrieves a user session.</summary>
    [HttpGet("{id:long}")]
    [RequiresScope("read:user_session")]
    [ProducesResponseType<UserSessionResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Retrieve(long id) => Send(new GetUserSession(id), session => UserSessionResource.From(session, Links));

    /// <summary>Opens a user session. An unknown username creates a guest, if the application allows guests.</summary>
    [HttpPost]
    [RequiresScope("read:user", "create:user_session")]
    [ProducesResponseType<UserSessionResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Start(UserSessionBody body) => Send(
        new StartUserSession(body.User?.ToReference(), body.UserAgent, body.AuthParams?.Text),
        session => UserSessionResource.From(session, Links));

    /// <summary>Extends a user session before it expires.</summary>
    [HttpPost("{id:long}/heartbeat")]
    [RequiresScope("read:user_session", "update:user_session")]
    [ProducesResponseType<UserSessionResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Heartbeat(long id) => Send(new TouchUserSession(id), session => UserSessionResource.From(session, Links));

    /// <summary>Ends a user session and all its chat sessions.</summary>
    [HttpDelete("{id:long}")]
    [RequiresScope("read:user_session", "delete:user_session")]
    [ProducesResponseType<UserSessionResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> End(long id) => Send(new EndUserSession(id), session => UserSessionResource.From(session, Links));
}

public sealed record UserSessionBody
{
    public UserReferenceBody? User { get; init; }

    /// <summary>The name of the client; up to 512 characters.</summary>
    public string? UserAgent { get; init; }

    /// <summary>A JSON object, passed to functions that decide whether the session may start.</summary>
    public RawJson? AuthParams { get; init; }
}
