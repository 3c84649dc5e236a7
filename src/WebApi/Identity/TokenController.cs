using System.Text;
using ChatPlatform.Application.Applications;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Identity;

[Dialect<OAuthDialect>]
[AllowAnonymous]
[Route("oauth/token")]
public sealed class TokenController(IMediator mediator) : DialectController(mediator)
{
    /// <summary>Issues a bearer token for client credentials, sent by HTTP Basic or in the form.</summary>
    [HttpPost]
    [RequestSizeLimit(64 * 1024)]
    [ProducesResponseType<TokenResponse>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Issue()
    {
        if (!Request.HasFormContentType)
        {
            return Refuse(new OAuthError("invalid_request", "Send the grant as application/x-www-form-urlencoded or multipart/form-data."));
        }

        IFormCollection form;
        try
        {
            form = await Request.ReadFormAsync(HttpContext.RequestAborted);
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return Refuse(new OAuthError("invalid_request", "The form is malformed."));
        }

        if (form["grant_type"] != "client_credentials")
        {
            return Refuse(form.ContainsKey("grant_type")
                ? new OAuthError("unsupported_grant_type", "The only supported grant is client_credentials.")
                : new OAuthError("invalid_request", "grant_type is missing."));
        }

        var (clientId, clientSecret) = Credentials(form);
        if (clientId is null || clientSecret is null || !StorableText.IsStorable(clientId))
        {
            return Refuse(ApplicationErrors.InvalidClient);
        }

        var scopes = form["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Response.Headers.CacheControl = "no-store";
        return await Send(new IssueAccessToken(clientId, clientSecret, scopes), token =>
            new TokenResponse(token.Token, "bearer", token.ExpiresIn, string.Join(' ', token.Scopes)));
    }

    private (string? Id, string? Secret) Credentials(IFormCollection form)
    {
        const string prefix = "Basic ";
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        {
            // Old clients send the pair as username and password.
            return (Field(form, "client_id", "username"), Field(form, "client_secret", "password"));
        }

        var buffer = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[prefix.Length..].Trim(), buffer, out var length))
        {
            return (null, null);
        }

        var pair = Encoding.UTF8.GetString(buffer, 0, length);
        var colon = pair.IndexOf(':');
        return colon < 0 ? (null, null) : (pair[..colon], pair[(colon + 1)..]);
    }

    private static string? Field(IFormCollection form, params string[] names) =>
        names.Select(name => form[name].ToString()).FirstOrDefault(value => value.Length > 0);
}

/// <param name="ExpiresIn">Seconds.</param>
/// <param name="Scope">Separated by spaces.</param>
public sealed record TokenResponse(string AccessToken, string TokenType, int ExpiresIn, string Scope);
