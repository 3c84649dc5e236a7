using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Formatters;
using Microsoft.Net.Http.Headers;

namespace ChatPlatform.WebApi.Hosting.Json;

internal sealed class DialectInputFormatter : IInputFormatter, IApiRequestFormatMetadataProvider
{
    public bool CanRead(InputFormatterContext context) =>
        MediaTypeHeaderValue.TryParse(context.HttpContext.Request.ContentType, out var type)
        && (type.Charset.Length == 0 || type.Encoding is UTF8Encoding)
        && context.HttpContext.Dialect().CanRead(type.MediaType.Value!.ToLowerInvariant());

    public IReadOnlyList<string>? GetSupportedContentTypes(string? contentType, Type objectType) => ["application/json"];

    public async Task<InputFormatterResult> ReadAsync(InputFormatterContext context)
    {
        var request = context.HttpContext.Request;
        try
        {
            var body = await JsonSerializer.DeserializeAsync(
                request.Body, context.ModelType, context.HttpContext.Dialect().ReadOptions, context.HttpContext.RequestAborted);
            return body is null ? InputFormatterResult.NoValue() : InputFormatterResult.Success(body);
        }
        catch (JsonException malformed)
        {
            var (field, reason) = Explain(malformed);
            context.ModelState.TryAddModelError(field, reason);
            return InputFormatterResult.Failure();
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair: valid JSON, but not valid text.
            context.ModelState.TryAddModelError("body", "contains text that is not valid Unicode");
            return InputFormatterResult.Failure();
        }
    }

    private static (string Field, string Reason) Explain(JsonException malformed)
    {
        var path = malformed.Path?.TrimStart('$').TrimStart('.') ?? "";

        // The serializer sets an inner reader exception for malformed JSON; without one the value has the wrong type.
        return malformed.InnerException is JsonException || path.Length == 0
            ? ("body", $"is not the expected JSON (line {malformed.LineNumber + 1}, byte {malformed.BytePositionInLine + 1})")
            : (path, malformed.Message.Contains("could not be mapped", StringComparison.Ordinal)
                ? "is not a known field" : "has the wrong type");
    }
}
