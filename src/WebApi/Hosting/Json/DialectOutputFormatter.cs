using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Formatters;

namespace ChatPlatform.WebApi.Hosting.Json;

internal sealed class DialectOutputFormatter : IOutputFormatter, IApiResponseTypeMetadataProvider
{
    public bool CanWriteResult(OutputFormatterCanWriteContext context) => true;

    public IReadOnlyList<string>? GetSupportedContentTypes(string? contentType, Type objectType) => ["application/json"];

    public Task WriteAsync(OutputFormatterWriteContext context)
    {
        var (options, contentType) = context.HttpContext.Dialect().GetResponseFormat(context.HttpContext);
        return context.HttpContext.WriteJsonAsync(context.Object, options, contentType);
    }
}

internal static class JsonResponse
{
    /// <summary>Writes a body with exactly this Content-Type; HEAD gets no body.</summary>
    public static Task WriteJsonAsync(this HttpContext context, object? body, JsonSerializerOptions options, string contentType)
    {
        context.Response.ContentType = contentType;
        return HttpMethods.IsHead(context.Request.Method) || body is null
            ? Task.CompletedTask
            : JsonSerializer.SerializeAsync(context.Response.Body, body, body.GetType(), options, context.RequestAborted);
    }
}
