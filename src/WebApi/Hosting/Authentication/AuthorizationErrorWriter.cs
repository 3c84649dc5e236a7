using ChatPlatform.Application.Applications;
using ChatPlatform.WebApi.Hosting.Errors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace ChatPlatform.WebApi.Hosting.Authentication;

/// <summary>Answers 401 and 403 in the dialect's shape.</summary>
internal sealed class AuthorizationErrorWriter : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        // Without an endpoint there is nothing to protect: the answer is 404, whoever asks.
        if (authorizeResult.Succeeded || context.GetEndpoint() is null)
        {
            return next(context);
        }

        return ErrorResult.WriteAsync(
            context, authorizeResult.Forbidden ? ApplicationErrors.Forbidden : ApplicationErrors.Unauthenticated);
    }
}
