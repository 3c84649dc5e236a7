using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Applications;

/// <summary>The scopes of all clients that are not revoked.</summary>
public sealed record GetGrantedScopes : IRequest<Result<IReadOnlyList<string>>>;

internal sealed class GetGrantedScopesHandler(IChatDbContext db, ICurrentApplication application)
    : IRequestHandler<GetGrantedScopes, Result<IReadOnlyList<string>>>
{
    public async Task<Result<IReadOnlyList<string>>> Handle(GetGrantedScopes request, CancellationToken cancellationToken)
    {
        var granted = await db.Clients.Where(client => client.ApplicationId == application.Id && client.RevokedTime == null)
            .Select(client => client.Scopes).ToListAsync(cancellationToken);
        return Result<IReadOnlyList<string>>.Of([.. granted.SelectMany(scopes => scopes).Distinct()]);
    }
}
