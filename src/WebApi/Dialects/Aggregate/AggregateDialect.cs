using System.Text.Json;
using System.Text.Json.Serialization;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Errors;
using ChatPlatform.WebApi.Hosting.Json;

namespace ChatPlatform.WebApi.Dialects.Aggregate;

/// <summary>Read-only statistics of channels and users in the shape of the data aggregator (docs/contracts/aggregate.md).</summary>
internal sealed class AggregateDialect : IDialect
{
    private static readonly PathString[] Paths = ["/channels", "/chats", "/chat_aggregate"];

    /// <summary>The records declare the wire names, misspellings included (docs/contracts/aggregate.md#conventions).</summary>
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public string Name => "aggregate";

    public string AuthenticationScheme => Schemes.BearerOrDeveloperKey;

    public JsonSerializerOptions ReadOptions => Options;

    public int MatchLength(PathString path) =>
        Paths.FirstOrDefault(prefix => path.StartsWithSegments(prefix)) is { HasValue: true } matched ? matched.Value!.Length
        : path == "/" ? 1
        : 0;

    public bool CanRead(string mediaType) => false;

    public (JsonSerializerOptions Options, string ContentType) GetResponseFormat(HttpContext context) => (Options, "application/json");

    public Task WriteErrorAsync(HttpContext context, Error error, int status)
    {
        context.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        var (field, reasons) = (error as ValidationError)?.Fields.FirstOrDefault() ?? default;
        var message = reasons is [var reason, ..] ? $"{field} {reason}" : error.Message;
        var trace = status >= 500 ? context.TraceId() : null;
        return context.WriteJsonAsync(new ErrorRecord(new(CodeOf(error, status), field, message, trace)), Options, "application/json");
    }

    private static string CodeOf(Error error, int status) => status switch
    {
        StatusCodes.Status400BadRequest => "invalid_parameter",
        StatusCodes.Status401Unauthorized => "unauthorized",
        StatusCodes.Status403Forbidden => "forbidden",
        StatusCodes.Status404NotFound => "not_found",
        StatusCodes.Status405MethodNotAllowed => "method_not_allowed",
        StatusCodes.Status429TooManyRequests => "too_many_requests",
        >= 500 => "internal_error",
        _ => error.Code.Replace('.', '_'),
    };
}

internal sealed record ErrorRecord([property: JsonPropertyName("error")] ErrorRecord.Body Error)
{
    /// <param name="Parameter">The invalid query parameter, if any.</param>
    internal sealed record Body(
        [property: JsonPropertyName("code")] string Code,
        [property: JsonPropertyName("parameter")] string? Parameter,
        [property: JsonPropertyName("message")] string Message,
        [property: JsonPropertyName("trace_id")] string? TraceId);
}
