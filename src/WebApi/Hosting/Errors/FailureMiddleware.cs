using System.Data.Common;

namespace ChatPlatform.WebApi.Hosting.Errors;

/// <summary>Writes failures in the dialect's format. Details go to the log under the trace id, never into the response.</summary>
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
            await WriteErrorAsync(context, refused.StatusCode);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected.
        }
        catch (Exception failure) when (IsTransient(failure))
        {
            log.LogError(failure, "Database unavailable for {Method} {Path}", context.Request.Method, context.LoggedPath());
            await WriteErrorAsync(context, StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception bug)
        {
            log.LogError(bug, "Unhandled exception in {Method} {Path}", context.Request.Method, context.LoggedPath());
            await WriteErrorAsync(context, StatusCodes.Status500InternalServerError);
        }
    }

    /// <summary>Whether the database was unreachable, or out of connections or time: a retry may succeed.</summary>
    private static bool IsTransient(Exception? failure) =>
        failure is not null && (failure is DbException { IsTransient: true } || IsTransient(failure.InnerException));

    private static Task WriteErrorAsync(HttpContext context, int status)
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
