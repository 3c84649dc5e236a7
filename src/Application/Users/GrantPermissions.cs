using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Users;

/// <summary>
/// Replaces the roles of permissions from the next request on; roles not listed lose them, admins too
/// (docs/contracts/engagement.md#permissions).
/// </summary>
public sealed record GrantPermissions(IReadOnlyList<PermissionGrant> Grants) : IRequest<Result<IReadOnlyList<PermissionGrant>>>;

/// <param name="Roles">Existing roles; empty for none.</param>
public sealed record PermissionGrant(string Name, IReadOnlyList<string> Roles);

internal sealed class GrantPermissionsValidator : AbstractValidator<GrantPermissions>
{
    private const int MaxItems = 100;

    public GrantPermissionsValidator()
    {
        RuleFor(r => r.Grants).Must(grants => grants.Count <= MaxItems).WithMessage($"must contain at most {MaxItems} items");
        RuleForEach(r => r.Grants).ChildRules(grant =>
        {
            grant.RuleFor(g => g.Roles).Must(roles => roles.Count <= MaxItems).WithMessage($"must contain at most {MaxItems} items");
            grant.RuleForEach(g => g.Roles).RequiredText(Permission.MaxName);
        }).OverridePropertyName("permissions");
    }
}

internal sealed class GrantPermissionsHandler(IChatDbContext db, ICurrentApplication application)
    : IRequestHandler<GrantPermissions, Result<IReadOnlyList<PermissionGrant>>>
{
    public async Task<Result<IReadOnlyList<PermissionGrant>>> Handle(GrantPermissions request, CancellationToken cancellationToken)
    {
        foreach (var role in request.Grants.SelectMany(grant => grant.Roles).Distinct())
        {
            var exists = role is Account.AdminRole or Account.UserRole
                || await db.Accounts.AnyAsync(account => account.Roles.Contains(role), cancellationToken);
            if (!exists)
            {
                return CommonErrors.Invalid("roles", $"There is no role '{role}'.");
            }
        }

        var names = request.Grants.Select(grant => grant.Name).ToArray();
        var permissions = await db.Permissions.Where(permission => names.Contains(permission.Name))
            .ToDictionaryAsync(permission => permission.Name, cancellationToken);
        foreach (var grant in request.Grants)
        {
            if (permissions.TryGetValue(grant.Name, out var permission))
            {
                permission.GrantTo(grant.Roles);
            }
            else
            {
                permissions[grant.Name] = Permission.Create(application.Id, grant.Name, grant.Roles);
                db.Permissions.Add(permissions[grant.Name]);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        return names.Distinct().Select(name => new PermissionGrant(name, permissions[name].Roles)).ToList();
    }
}
