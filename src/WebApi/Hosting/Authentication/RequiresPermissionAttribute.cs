using ChatPlatform.Application.Users;
using MediatR;
using Microsoft.AspNetCore.Authorization;

namespace ChatPlatform.WebApi.Hosting.Authentication;

/// <summary>Requires this permission in one of the logged-in user's roles; 403 otherwise.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequiresPermissionAttribute(string permission) : AuthorizeAttribute, IAuthorizationRequirementData
{
    public string Permission { get; } = permission;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new PermissionRequirement(Permission)];
}

public sealed record PermissionRequirement(string Permission) : IAuthorizationRequirement;

internal sealed class PermissionHandler(IMediator mediator) : AuthorizationHandler<PermissionRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (context.User.Identity?.IsAuthenticated == true
            && (await mediator.Send(new CheckPermission(requirement.Permission, context.User.Roles()))).IsSuccess)
        {
            context.Succeed(requirement);
        }
    }
}
