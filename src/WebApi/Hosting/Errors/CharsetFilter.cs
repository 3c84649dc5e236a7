using System.Text;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Net.Http.Headers;

namespace ChatPlatform.WebApi.Hosting.Errors;

/// <summary>Refuses bodies in UTF-7, also in a part of a form: .NET throws as soon as a reader asks for that encoding.</summary>
internal sealed class CharsetFilter : IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (!IsSupported(context.HttpContext.Request.ContentType))
        {
            context.Result = Refusal();
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
        if (context.Exception is NotSupportedException refused && refused.TargetSite?.DeclaringType == typeof(Encoding))
        {
            context.Exception = null;
            context.Result = Refusal();
        }
    }

    private static ErrorResult Refusal() => new(HttpError.Of(StatusCodes.Status415UnsupportedMediaType));

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
