using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Net.Http.Headers;

namespace ChatPlatform.WebApi.Hosting.Errors;

/// <summary>Refuses bodies in UTF-7: .NET throws as soon as a reader asks for that encoding.</summary>
internal sealed class CharsetFilter : IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (!IsSupported(context.HttpContext.Request.ContentType))
        {
            context.Result = new ErrorResult(HttpError.Of(StatusCodes.Status415UnsupportedMediaType));
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context) { }

    private static bool IsSupported(string? contentType)
    {
        try
        {
            _ = MediaTypeHeaderValue.TryParse(contentType, out var type) ? type.Encoding : null;
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }
}
