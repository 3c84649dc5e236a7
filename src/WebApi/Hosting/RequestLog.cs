using System.Diagnostics;

namespace ChatPlatform.WebApi.Hosting;

/// <summary>One line a request: method, path, status, time. No query, no body, no header: they may hold secrets.</summary>
internal sealed class RequestLog(RequestDelegate next, ILoggerFactory loggers)
{
    private readonly ILogger _log = loggers.CreateLogger("ChatPlatform.Requests");

    public async Task InvokeAsync(HttpContext context)
    {
        var start = Stopwatch.GetTimestamp();
        await next(context);
        var level = context.Response.StatusCode >= 500 ? LogLevel.Warning : LogLevel.Information;
        if (_log.IsEnabled(level))
        {
            _log.Log(
                level,
                "{Method} {Path} {Status} in {Milliseconds:F1} ms",
                context.Request.Method,
                context.Request.Path,
                context.Response.StatusCode,
                Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }
}
