using System.Diagnostics;

namespace ChatPlatform.WebApi.Hosting;

/// <summary>Logs one line per request: method, path, status, time. No query, body or headers: they may hold secrets.</summary>
internal sealed class RequestLogMiddleware(RequestDelegate next, ILoggerFactory loggers)
{
    /// <summary>Key of a request's items: its failure is logged, or counted with others.</summary>
    public static readonly object AlreadyLogged = new();

    private readonly ILogger _log = loggers.CreateLogger("ChatPlatform.Requests");

    public async Task InvokeAsync(HttpContext context)
    {
        var start = Stopwatch.GetTimestamp();
        await next(context);
        if (context.GetEndpoint()?.Metadata.GetMetadata<SecretPathAttribute>() is not null)
        {
            Activity.Current?.SetTag("url.path", context.LoggedPath());
        }

        var isWarning = context.Response.StatusCode >= 500 && !context.Items.ContainsKey(AlreadyLogged);
        var level = isWarning ? LogLevel.Warning : LogLevel.Information;
        if (_log.IsEnabled(level))
        {
            _log.Log(
                level,
                "{Method} {Path} {Status} in {Milliseconds:F1} ms",
                context.Request.Method,
                context.LoggedPath(),
                context.Response.StatusCode,
                Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }
}

/// <summary>The path holds a secret: logs and traces show the route template instead.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class SecretPathAttribute : Attribute;

internal static class LoggedPaths
{
    public static string LoggedPath(this HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<SecretPathAttribute>() is not null
            ? endpoint.RoutePattern.RawText!
            : context.Request.Path.ToString();
}
