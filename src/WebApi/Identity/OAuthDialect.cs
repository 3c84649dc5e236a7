using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Errors;
using ChatPlatform.WebApi.Hosting.Json;

namespace ChatPlatform.WebApi.Identity;

/// <summary>The JSON and errors of the token endpoint (RFC 6749, section 5).</summary>
internal sealed class OAuthDialect : IDialect
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public string Name => "oauth";

    public string AuthenticationScheme => Schemes.Bearer;

    public JsonSerializerOptions ReadOptions => Options;

    public int MatchLength(PathString path) => path.StartsWithSegments("/oauth") ? "/oauth".Length : 0;

    public bool CanRead(string mediaType) => false;

    public (JsonSerializerOptions Options, string ContentType) GetResponseFormat(HttpContext context) => (Options, "application/json");

    public Task WriteErrorAsync(HttpContext context, Error error, int status)
    {
        var code = (error, status) switch
        {
            (OAuthError oauth, _) => oauth.Name,
            (UnauthenticatedError, _) => "invalid_client",
            (ValidationError { Code: "oauth.invalid_scope" }, _) => "invalid_scope",
            (_, >= 500) => "server_error",
            _ => "invalid_request",
        };
        context.Response.StatusCode = error is OAuthError ? StatusCodes.Status400BadRequest : status;
        context.Response.Headers.CacheControl = "no-store";
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"chatplatform\"";
        }

        var trace = status >= 500 ? context.TraceId() : null;
        return context.WriteJsonAsync(new OAuthErrorBody(code, error.Message, trace), Options, "application/json");
    }
}

/// <summary>An error code of RFC 6749; always 400.</summary>
internal sealed record OAuthError(string Name, string Message) : Error($"oauth.{Name}", Message);

internal sealed record OAuthErrorBody(string Error, string ErrorDescription, string? TraceId);
