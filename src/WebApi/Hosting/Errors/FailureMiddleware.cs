namespace ChatPlatform.WebApi.Hosting.Errors;

/// <summary>
/// Gives every failure that carries no body yet (no route, wrong method, too large, a bug) the dialect's shape. What went wrong inside
/// is in the log under the trace id, never in the answer.
/// </summary>
internal sealed class FailureMiddleware(RequestDelegate next, ILogger<FailureMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null })
            {
                await ErrorResult.WriteAsync(context, HttpError.Of(context.Response.StatusCode));
            }
        }
        catch (BadHttpRequestException refused)
        {
            await AnswerAsync(context, refused.StatusCode);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller left; there is nobody to answer.
        }
        catch (Exception bug)
        {
            log.LogError(bug, "Unhandled exception in {Method} {Path}", context.Request.Method, context.LoggedPath());
            await AnswerAsync(context, StatusCodes.Status500InternalServerError);
        }
    }

    private static Task AnswerAsync(HttpContext context, int status)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Clear();
        return ErrorResult.WriteAsync(context, HttpError.Of(status));
    }
}
