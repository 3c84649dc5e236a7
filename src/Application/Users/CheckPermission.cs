using ChatPlatform.Application.Applications;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Users;

/// <summary>
/// Whether one of these roles holds a permission in the application. Admins hold all, unless the permission was given to others only.
/// Without it: 403.
/// </summary>
public sealed record CheckPermission(string Permission, IReadOnlyList<string> Roles) : IRequest<Result<Done>>;

internal sealed class CheckPermissionHandler(IChatDbContext db) : IRequestHandler<CheckPermission, Result<Done>>
{
    public async Task<Result<Done>> Handle(CheckPermission request, CancellationToken cancellationToken)
    {
        var holders = await db.Permissions.AsNoTracking()
            .Where(p => p.Name == request.Permission).Select(p => p.Roles).FirstOrDefaultAsync(cancellationToken) ?? [Account.AdminRole];
        return holders.Intersect(request.Roles).Any() ? Done.Success : ApplicationErrors.Forbidden;
    }
}
