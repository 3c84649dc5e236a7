using ChatPlatform.Application.Applications;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Users;

/// <summary>403 unless one of the roles holds the permission. Admins hold those that were not granted to other roles only.</summary>
public sealed record CheckPermission(string Permission, IReadOnlyList<string> Roles) : IRequest<Result<Done>>;

internal sealed class CheckPermissionHandler(IChatDbContext db) : IRequestHandler<CheckPermission, Result<Done>>
{
    public async Task<Result<Done>> Handle(CheckPermission request, CancellationToken cancellationToken)
    {
        return await db.HoldsAsync(request.Permission, request.Roles, cancellationToken) ? Done.Success : ApplicationErrors.Forbidden;
    }
}

internal static class Permissions
{
    public static async Task<bool> HoldsAsync(
        this IChatDbContext db, string permission, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        var holders = await db.Permissions.AsNoTracking()
            .Where(p => p.Name == permission).Select(p => p.Roles).FirstOrDefaultAsync(cancellationToken) ?? [Account.AdminRole];
        return holders.Intersect(roles).Any();
    }
}
