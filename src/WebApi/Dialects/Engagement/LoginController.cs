using System.Globalization;
using System.Text.Json.Serialization;
using ChatPlatform.Application.Users;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Engagement;

[Dialect<EngagementDialect>]
[Route("api/v1")]
[Authorize]
public sealed class LoginController(IMediator mediator) : DialectController(mediator)
{
    /// <summary>
    /// Logs in with a name or an e-mail address and a password, or resumes a token. The body is JSON or a form.
    /// Later requests send the token as <c>X-Auth-Token</c> and the user's id as <c>X-User-Id</c>.
    /// </summary>
    [HttpPost("login")]
    [AllowAnonymous]
    [RequestSizeLimit(64 * 1024)]
    [ProducesResponseType<LoginPayload>(StatusCodes.Status200OK)]
    public async Task<IActionResult> LogIn()
    {
        var body = await LoginBody.ReadAsync(Request, HttpContext.RequestAborted);
        if (!body.IsSuccess)
        {
            return Refuse(body.Error);
        }

        return body.Value.Resume is { } token
            ? await Send(new ResumeLogin(token), login => LoginPayload.From(login))
            : await Send(new LogIn(body.Value.Login!, body.Value.Password!), login => LoginPayload.From(login));
    }

    /// <summary>Invalidates the token of this request.</summary>
    [AcceptVerbs("GET", "POST", Route = "logout")]
    [ProducesResponseType<LogoutPayload>(StatusCodes.Status200OK)]
    public Task<IActionResult> LogOut() => Send(
        new LogOut(Request.Headers["X-Auth-Token"].ToString()), _ => new LogoutPayload("success", new("You've been logged out!")));

    /// <summary>Returns the account of the caller.</summary>
    [HttpGet("me")]
    [ProducesResponseType<MePayload>(StatusCodes.Status200OK)]
    public Task<IActionResult> Me() => Send(new GetAccount(User.UserId()), account => MePayload.From(account) with { Success = true });
}

public sealed record LoginPayload(string Status, LoginPayload.Content Data)
{
    internal static LoginPayload From(LoginView login)
    {
        var me = MePayload.From(login.Account);
        return new("success", new(me.Id, login.Token, me));
    }

    public sealed record Content(string UserId, string AuthToken, MePayload Me);
}

public sealed record LogoutPayload(string Status, LogoutPayload.Content Data)
{
    public sealed record Content(string Message);
}

/// <param name="Name">The display name.</param>
public sealed record MePayload(
    [property: JsonPropertyName("_id")] string Id,
    string Name,
    string Username,
    IReadOnlyList<MePayload.Email> Emails,
    IReadOnlyList<string> Roles,
    string Type,
    bool Active,
    DateTime CreatedAt,
    bool? Success = null)
{
    internal static MePayload From(AccountView account) => new(
        account.UserId.ToString(CultureInfo.InvariantCulture),
        account.DisplayName,
        account.Name,
        account.Email is null ? [] : [new(account.Email, true)],
        account.Roles,
        "user",
        true,
        account.CreatedTime);

    public sealed record Email(string Address, bool Verified);
}
