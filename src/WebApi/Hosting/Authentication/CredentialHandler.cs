using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using ChatPlatform.Application.Applications;
using ChatPlatform.Application.Common;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace ChatPlatform.WebApi.Hosting.Authentication;

/// <summary>Resolves the caller of a credential and sets the current application.</summary>
internal sealed class CredentialHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    ICredentialReader credentials,
    CurrentApplication application) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private const int MaxCredentialLength = 1_024;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.Features.Get<InternalCaller>() is { } internalCaller)
        {
            application.Use(internalCaller.ApplicationId);
            return AuthenticateResult.Success(new AuthenticationTicket(Principal(internalCaller, Scheme.Name), Scheme.Name));
        }

        var caller = Scheme.Name switch
        {
            Schemes.Login => await FindLoginAsync(),
            Schemes.BearerOrDeveloperKey => await FindBearerAsync() ?? await FindDeveloperAsync(),
            _ => await FindBearerAsync(),
        };
        // Credentials of two applications do not authenticate.
        if (caller is null || (application.IsKnown && application.Id != caller.ApplicationId))
        {
            return AuthenticateResult.NoResult();
        }

        application.Use(caller.ApplicationId);
        return AuthenticateResult.Success(new AuthenticationTicket(Principal(caller, Scheme.Name), Scheme.Name));
    }

    private async Task<Caller?> FindBearerAsync()
    {
        const string prefix = "Bearer ";
        var header = Request.Headers.Authorization.ToString();
        return header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && Hash(header[prefix.Length..].Trim()) is { } hash
            ? await credentials.FindByAccessTokenAsync(hash, Context.RequestAborted)
            : null;
    }

    private async Task<Caller?> FindDeveloperAsync() =>
        Hash(Request.Headers["X-Api-Key"].ToString()) is { } hash
            ? await credentials.FindByDeveloperKeyAsync(hash, Context.RequestAborted)
            : null;

    private async Task<Caller?> FindLoginAsync() =>
        Hash(Request.Headers["X-Auth-Token"].ToString()) is { } hash
        && await credentials.FindByLoginTokenAsync(hash, Context.RequestAborted) is { } caller
        && Request.Headers["X-User-Id"] == caller.UserId!.Value.ToString(CultureInfo.InvariantCulture)
            ? caller
            : null;

    private static byte[]? Hash(string credential) =>
        credential.Length is > 0 and <= MaxCredentialLength ? SecretToken.Hash(credential) : null;

    private static ClaimsPrincipal Principal(Caller caller, string scheme)
    {
        var claims = new List<Claim> { new(CallerClaims.Application, Text(caller.ApplicationId)) };
        if (caller.ClientId is { } client)
        {
            claims.Add(new(CallerClaims.Client, Text(client)));
            claims.AddRange(caller.Grants.Select(scope => new Claim(CallerClaims.Scope, scope)));
        }

        if (caller.UserId is { } user)
        {
            claims.Add(new(CallerClaims.User, Text(user)));
            claims.AddRange(caller.Grants.Select(role => new Claim(CallerClaims.Role, role)));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    private static ClaimsPrincipal Principal(InternalCaller caller, string scheme) => new(new ClaimsIdentity(
        [
            new(CallerClaims.Application, Text(caller.ApplicationId)),
            new(CallerClaims.Client, "functions"),
            .. caller.Scopes.Select(scope => new Claim(CallerClaims.Scope, scope)),
        ],
        scheme));

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
