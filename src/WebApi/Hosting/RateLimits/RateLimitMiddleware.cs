using System.Collections.Concurrent;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Errors;
using Microsoft.Extensions.Primitives;

namespace ChatPlatform.WebApi.Hosting.RateLimits;

/// <summary>Limits the calls of authenticated callers; runs after authentication and before authorization.</summary>
internal sealed class RateLimitMiddleware
{
    private readonly RequestDelegate _next;
    private readonly FixedWindowCounter _counter;
    private readonly IConfiguration _configuration;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<IDialect, RateLimitRule> _rules = new();

    public RateLimitMiddleware(RequestDelegate next, FixedWindowCounter counter, IConfiguration configuration, TimeProvider clock)
    {
        (_next, _counter, _configuration, _clock) = (next, counter, configuration, clock);
        ChangeToken.OnChange(configuration.GetReloadToken, _rules.Clear);
    }

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.User.Identity?.IsAuthenticated != true || context.GetEndpoint() is not RouteEndpoint endpoint)
        {
            await _next(context);
            return;
        }

        var dialect = context.Dialect();
        var rule = _rules.GetOrAdd(dialect, RuleOf);
        if (rule.Permits == 0 || await dialect.IsExemptFromRateLimitAsync(context))
        {
            await _next(context);
            return;
        }

        var caller = context.User.FindFirst(CallerClaims.Client) ?? context.User.FindFirst(CallerClaims.User)!;
        var key = $"{dialect.Name} {context.User.ApplicationId()} {caller.Type} {caller.Value}";
        var state = _counter.Count(rule.PerRoute ? $"{key} {endpoint.RoutePattern.RawText}" : key, rule);
        dialect.WriteRateLimit(context.Response, state, _clock.GetUtcNow());
        if (state.IsExceeded)
        {
            await ErrorResult.WriteAsync(context, new TooManyError(
                "request.too_many", "Too many requests. Try again later.", state.Reset - _clock.GetUtcNow()));
            return;
        }

        await _next(context);
    }
    private RateLimitRule RuleOf(IDialect dialect)
    {
        var rule = dialect.DefaultRateLimit();
        _configuration.GetSection($"RateLimits:{dialect.Name}").Bind(rule);
        return rule;
    }
}
