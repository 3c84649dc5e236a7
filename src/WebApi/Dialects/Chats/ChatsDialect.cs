using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Errors;
using ChatPlatform.WebApi.Hosting.Json;

namespace ChatPlatform.WebApi.Dialects.Chats;

/// <summary>
/// Chats on external services (docs/contracts/chats.md#conventions): camelCase JSON without nulls, unknown fields refused, times in
/// milliseconds, errors by RFC 9457.
/// </summary>
internal sealed class ChatsDialect : IDialect
{
    public const string Root = "api/v1/private/chats";

    private const string Problem = "application/problem+json";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new InstantConverter() },
    };

    public string Name => "chats";

    public string AuthenticationScheme => Schemes.Bearer;

    public JsonSerializerOptions ReadOptions => Options;

    public int MatchLength(PathString path) => path.StartsWithSegments("/api/v1/private") ? "/api/v1/private".Length
        : path.StartsWithSegments("/webhooks") ? "/webhooks".Length
        : path.StartsWithSegments("/i") ? "/i".Length
        : 0;

    public bool CanRead(string mediaType) => mediaType is "application/json";

    public (JsonSerializerOptions Options, string ContentType) GetResponseFormat(HttpContext context) => (Options, "application/json");

    public Task WriteErrorAsync(HttpContext context, Error error, int status)
    {
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = Schemes.Bearer;
        }

        return context.WriteJsonAsync(ProblemRecord.From(error, status, context.TraceId()), Options, Problem);
    }
}
