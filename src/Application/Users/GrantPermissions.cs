using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Users;

/// <summary>
/// Sets which roles hold permissions in the application, from the next request on; who is not named loses it, admins too
/// (engagement contract, "Who may call"). Answers with them as they are then.
/// </summary>
public sealed record GrantPermissions(IReadOnlyList<PermissionGrant> Grants) : IRequest<Result<IReadOnlyList<PermissionGrant>>>;

/// <param name="Roles">Roles that there are; none lets nobody.</param>
public sealed record PermissionGrant(string Name, IReadOnlyList<string> Roles);

internal sealed class GrantPermissionsValidator : AbstractValidator<GrantPermissions>
{
    private const int Most = 100;

    public GrantPermissionsValidator()
    {
        RuleFor(r => r.Grants).Must(grants => grants.Count <= Most).WithMessage($"must be at most {Most}");
        RuleForEach(r => r.Grants).ChildRules(grant =>
        {
            grant.RuleFor(g => g.Roles).Must(roles => roles.Count <= Most).WithMessage($"must be at most {Most}");
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
            var isKnown = role is Account.AdminRole or Account.UserRole
                || await db.Accounts.AnyAsync(account => account.Roles.Contains(role), cancellationToken);
            if (!isKnown)
            {
                return CommonErrors.Invalid("roles", $"There is no role '{role}'.");
            }
        }

        var names = request.Grants.Select(grant => grant.Name).ToArray();
        var known = await db.Permissions.Where(permission => names.Contains(permission.Name))
            .ToDictionaryAsync(permission => permission.Name, cancellationToken);
        foreach (var grant in request.Grants)
        {
            if (known.TryGetValue(grant.Name, out var permission))
            {
                permission.GrantTo(grant.Roles);
            }
            else
            {
                known[grant.Name] = Permission.Create(application.Id, grant.Name, grant.Roles);
                db.Permissions.Add(known[grant.Name]);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        return names.Distinct().Select(name => new PermissionGrant(name, known[name].Roles)).ToList();
    }
}
