using ChatPlatform.Domain.Applications;
using Microsoft.AspNetCore.Authorization;

namespace ChatPlatform.WebApi.Hosting.Authentication;

/// <summary>Requires all these scopes in the caller's token, each by name or by the wildcard of its verb; 403 otherwise.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresScopeAttribute(params string[] scopes) : AuthorizeAttribute, IAuthorizationRequirementData
{
    public IReadOnlyList<string> Scopes { get; } = scopes;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new ScopeRequirement(Scopes)];
}

public sealed record ScopeRequirement(IReadOnlyList<string> Scopes) : IAuthorizationRequirement;

internal sealed class ScopeHandler : AuthorizationHandler<ScopeRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        var granted = context.User.FindAll(CallerClaims.Scope).Select(claim => claim.Value).ToList();
        if (requirement.Scopes.All(required => Scopes.Allow(granted, required)))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
