using System.Text.Json.Serialization;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting.Errors;

namespace ChatPlatform.WebApi.Dialects.Platform;

/// <summary>The body of 401 and 403.</summary>
internal sealed record AuthorizationErrorBody(string Error, [property: JsonPropertyName("error_description")] string ErrorDescription);

/// <summary>The body of all other errors (docs/contracts/platform.md#errors).</summary>
/// <param name="Explanation">The invalid fields and the reasons; absent if no field is invalid.</param>
/// <param name="Properties">The reasons by field.</param>
/// <param name="TraceId">Present for server errors (5xx) only.</param>
internal sealed record ErrorBody(
    string Error,
    string Message,
    DateTime Timestamp,
    string? Explanation = null,
    IReadOnlyDictionary<string, string[]>? Properties = null,
    string? TraceId = null)
{
    public static ErrorBody Of(HttpContext context, Error error, int status)
    {
        var fields = error is ValidationError { Fields.Count: > 0 } invalid ? invalid.Fields : null;
        return new ErrorBody(
            NameOf(status),
            error.Message,
            (context.RequestServices?.GetService<TimeProvider>() ?? TimeProvider.System).UtcNow(),
            fields is null ? null : string.Join("; ", fields.Select(field => $"{field.Key}: {string.Join(", ", field.Value)}")),
            fields,
            status >= 500 ? context.TraceId() : null);
    }

    private static string NameOf(int status) => status switch
    {
        StatusCodes.Status404NotFound => "ResourceNotFoundError",
        StatusCodes.Status501NotImplemented => "NotImplementedError",
        >= 500 => "ServerError",
        _ => "ClientError",
    };
}
