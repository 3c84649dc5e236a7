using System.Text.Json.Serialization;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting.Errors;

namespace ChatPlatform.WebApi.Dialects.Platform;

/// <summary>401 and 403.</summary>
internal sealed record AuthorizationErrorBody(string Error, [property: JsonPropertyName("error_description")] string ErrorDescription);

/// <summary>Every other error (platform contract, ruling 5).</summary>
/// <param name="Explanation">Names the fields and why; absent when no field is to blame.</param>
/// <param name="Properties">The same by field.</param>
/// <param name="TraceId">Only of a failure of ours.</param>
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
