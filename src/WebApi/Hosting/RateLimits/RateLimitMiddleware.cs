using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Errors;

namespace ChatPlatform.WebApi.Hosting.RateLimits;

/// <summary>Limits the calls of authenticated callers; runs after authentication and before authorization.</summary>
internal sealed class RateLimitMiddleware(
    RequestDelegate next, FixedWindowCounter counter, IConfiguration configuration, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.User.Identity?.IsAuthenticated != true || context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await next(context);
            return;
        }

        var dialect = context.Dialect();
        var rule = dialect.DefaultRateLimit();
        configuration.GetSection($"RateLimits:{dialect.Name}").Bind(rule);
        if (rule.Permits == 0 || await dialect.IsExemptFromRateLimitAsync(context))
        {
            await next(context);
            return;
        }

        var caller = context.User.FindFirst(CallerClaims.Client) ?? context.User.FindFirst(CallerClaims.User)!;
        var key = $"{dialect.Name} {context.User.ApplicationId()} {caller.Type} {caller.Value}";
        var state = counter.Count(rule.PerRoute ? $"{key} {endpoint.RoutePattern.RawText}" : key, rule);
        dialect.WriteRateLimit(context.Response, state, clock.GetUtcNow());
        if (state.IsExceeded)
        {
            await ErrorResult.WriteAsync(context, new TooManyError(
                "request.too_many", "Too many requests. Try again later.", state.Reset - clock.GetUtcNow()));
            return;
        }

        await next(context);
    }
}
