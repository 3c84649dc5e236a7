using System.Globalization;
using ChatPlatform.Domain.Common;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Hosting.Errors;

public sealed class ErrorResult(Error error) : IActionResult
{
    public Task ExecuteResultAsync(ActionContext context) => WriteAsync(context.HttpContext, error);

    public static Task WriteAsync(HttpContext context, Error error)
    {
        if (error is TooManyError tooMany)
        {
            context.Response.Headers.RetryAfter =
                Math.Max(1, (long)Math.Ceiling(tooMany.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return context.Dialect().WriteErrorAsync(context, error, ErrorStatus.Of(error));
    }
}
