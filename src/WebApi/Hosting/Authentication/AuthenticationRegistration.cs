using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace ChatPlatform.WebApi.Hosting.Authentication;

internal static class AuthenticationRegistration
{
    /// <summary>Denies by default: an endpoint without its own policy requires an authenticated caller.</summary>
    public static IServiceCollection AddCallerAuthentication(this IServiceCollection services)
    {
        services.AddAuthentication(Schemes.ByDialect)
            .AddPolicyScheme(Schemes.ByDialect, null, options =>
                options.ForwardDefaultSelector = context => context.Dialect().AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, CredentialHandler>(Schemes.Bearer, null)
            .AddScheme<AuthenticationSchemeOptions, CredentialHandler>(Schemes.BearerOrDeveloperKey, null)
            .AddScheme<AuthenticationSchemeOptions, CredentialHandler>(Schemes.Login, null);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddSingleton<IAuthorizationHandler, ScopeHandler>();
        services.AddScoped<IAuthorizationHandler, PermissionHandler>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationErrorWriter>();
        return services;
    }
}
