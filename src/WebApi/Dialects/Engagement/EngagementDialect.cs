using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Errors;
using ChatPlatform.WebApi.Hosting.Json;
using ChatPlatform.WebApi.Hosting.RateLimits;
using MediatR;

namespace ChatPlatform.WebApi.Dialects.Engagement;

/// <summary>The engagement dashboard of Rocket.Chat 6 and the other calls that its clients need (docs/contracts/engagement.md).</summary>
internal sealed class EngagementDialect : IDialect
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        // Clients compare error texts, which contain unescaped apostrophes.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new MillisecondTimeConverter() },
    };

    public string Name => "engagement";

    public string AuthenticationScheme => Schemes.Login;

    public JsonSerializerOptions ReadOptions => Options;

    public int MatchLength(PathString path) => path.StartsWithSegments("/api/v1") ? "/api/v1".Length : 0;

    public bool CanRead(string mediaType) => mediaType is "application/json";

    public (JsonSerializerOptions Options, string ContentType) GetResponseFormat(HttpContext context) => (Options, "application/json");

    public RateLimitRule DefaultRateLimit() => new() { Permits = 10, WindowSeconds = 60, PerRoute = true };

    public async ValueTask<bool> IsExemptFromRateLimitAsync(HttpContext context)
    {
        var mediator = context.RequestServices.GetRequiredService<IMediator>();
        var check = new CheckPermission(EngagementPermissions.BypassRateLimit, context.User.Roles());
        return (await mediator.Send(check, context.RequestAborted)).IsSuccess;
    }

    public void WriteRateLimit(HttpResponse response, RateLimitState state, DateTimeOffset now)
    {
        response.Headers["X-RateLimit-Limit"] = state.Limit.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Remaining"] = state.Remaining.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Reset"] = state.Reset.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
    }

    public Task WriteErrorAsync(HttpContext context, Error error, int status)
    {
        context.Response.StatusCode = status;
        var trace = status >= 500 ? context.TraceId() : null;
        object body = error == LoginErrors.Refused || error == LoginErrors.WrongPassword
            ? new StatusPayload("error", "Unauthorized", (RevealsWrongPasswords(context) ? error : LoginErrors.Refused).Message)
            : status == StatusCodes.Status401Unauthorized
                ? new StatusPayload("error", null, "You must be logged in to do this.")
                : new FailurePayload(false, TextOf(error), trace);
        return context.WriteJsonAsync(body, Options, "application/json");
    }

    private static bool RevealsWrongPasswords(HttpContext context) =>
        context.RequestServices.GetRequiredService<IConfiguration>().GetValue<bool>("Login:TellWrongPassword");

    private static string TextOf(Error error) => error switch
    {
        ValidationError { Code: "request.invalid", Fields.Count: > 0 } malformed =>
            EngagementErrors.Malformed(malformed.Fields.First().Key).Message,
        ValidationError { Fields.Count: > 0 } rule => $"{rule.Fields.First().Value[0]} {Tag(rule)}",
        ForbiddenError => "User does not have the permissions required for this action [error-unauthorized]",
        TooManyError tooMany => "Error, too many requests. Please slow down. You must wait "
            + Math.Max(1, (long)Math.Ceiling(tooMany.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture)
            + " seconds before trying this endpoint again. [error-too-many-requests]",
        NotFoundError or ConflictError => $"{error.Message} {Tag(error)}",
        _ => error.Message,
    };

    /// <summary>Clients search for the error's name in brackets.</summary>
    private static string Tag(Error error) => $"[error-{error.Code.Replace('.', '-').Replace('_', '-')}]";
}

internal sealed record StatusPayload(string Status, string? Error, string Message);

internal sealed record FailurePayload(bool Success, string Error, string? TraceId);

/// <summary>Times with milliseconds, as JavaScript writes them.</summary>
internal sealed class MillisecondTimeConverter : JsonConverter<DateTime>
{
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTime();

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString(Format, CultureInfo.InvariantCulture));
}
