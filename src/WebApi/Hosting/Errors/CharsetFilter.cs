using System.Text;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Net.Http.Headers;

namespace ChatPlatform.WebApi.Hosting.Errors;

/// <summary>Refuses bodies in UTF-7, also in a part of a form: .NET throws as soon as a reader asks for that encoding.</summary>
internal sealed class CharsetFilter : IAsyncResourceFilter
{
    private static readonly HttpError Refusal = HttpError.Of(StatusCodes.Status415UnsupportedMediaType);

    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        if (!IsSupported(context.HttpContext.Request.ContentType))
        {
            context.Result = new ErrorResult(Refusal);
            return;
        }

        var executed = await next();
        if (executed.Exception is NotSupportedException refused && refused.TargetSite?.DeclaringType == typeof(Encoding))
        {
            executed.ExceptionHandled = true;
            await ErrorResult.WriteAsync(context.HttpContext, Refusal);
        }
    }

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
