using System.Text.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Formatters;

namespace ChatPlatform.WebApi.Hosting.Json;

/// <summary>Writes an answer by the rules of the endpoint's dialect.</summary>
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
    /// <summary>Writes a body whose Content-Type is exactly <paramref name="contentType"/>; nothing to HEAD.</summary>
    public static Task WriteJsonAsync(this HttpContext context, object? body, JsonSerializerOptions options, string contentType)
    {
        context.Response.ContentType = contentType;
        return HttpMethods.IsHead(context.Request.Method) || body is null
            ? Task.CompletedTask
            : JsonSerializer.SerializeAsync(context.Response.Body, body, body.GetType(), options, context.RequestAborted);
    }
}
