using ChatPlatform.Application.Applications;
using ChatPlatform.WebApi.Hosting.Errors;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace ChatPlatform.WebApi.Hosting.Authentication;

internal sealed class AuthorizationErrorWriter : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        // Without an endpoint there is nothing to protect: the answer is 404 for every caller.
        if (authorizeResult.Succeeded || context.GetEndpoint() is null)
        {
            return next(context);
        }

        return ErrorResult.WriteAsync(
            context, authorizeResult.Forbidden ? ApplicationErrors.Forbidden : ApplicationErrors.Unauthenticated);
    }
}
