using ChatPlatform.Infrastructure.Persistence;
using ChatPlatform.Infrastructure.Workers;

namespace ChatPlatform.WebApi.Hosting.Errors;

/// <summary>Writes failures in the dialect's format. Details go to the log under the trace id, never into the response.</summary>
internal sealed class FailureMiddleware(RequestDelegate next, TimeProvider clock, ILogger<FailureMiddleware> log)
{
    private readonly FailureLog _failures = new(log, clock);

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
        catch (Exception failure) when (context.RequestAborted.IsCancellationRequested && IsInterruption(failure))
        {
            // The client has disconnected.
        }
        catch (Exception failure) when (IsOfDatabase(failure))
        {
            context.Items[RequestLogMiddleware.AlreadyLogged] = true;
            _failures.Write(failure, $"Database unavailable for {context.Request.Method} {context.LoggedPath()}");
            await WriteErrorAsync(context, StatusCodes.Status503ServiceUnavailable);
        }
        catch (Exception bug)
        {
            log.LogError(bug, "Unhandled exception in {Method} {Path}", context.Request.Method, context.LoggedPath());
            await WriteErrorAsync(context, StatusCodes.Status500InternalServerError);
        }
    }

    private static bool IsOfDatabase(Exception failure) => DatabaseFailure.IsUnavailable(failure) || DatabaseFailure.IsOfDriver(failure);

    /// <summary>What the end of a connection may cause anywhere, also in the driver, which cancels the statement that runs.</summary>
    private static bool IsInterruption(Exception failure) =>
        failure is OperationCanceledException or IOException || IsOfDatabase(failure);

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
