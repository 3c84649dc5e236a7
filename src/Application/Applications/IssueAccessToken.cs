using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Applications;
using ChatPlatform.Domain.Common;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Applications;

/// <summary>Client credentials grant (RFC 6749, 4.4).</summary>
/// <param name="Scopes">Null or empty for all scopes of the client.</param>
public sealed record IssueAccessToken(string ClientId, string ClientSecret, IReadOnlyList<string>? Scopes)
    : IRequest<Result<AccessTokenView>>;

/// <param name="ExpiresIn">Seconds.</param>
public sealed record AccessTokenView(string Token, int ExpiresIn, IReadOnlyList<string> Scopes);

internal sealed class IssueAccessTokenHandler(IChatDbContext db, IPasswordHasher passwords, TimeProvider clock)
    : IRequestHandler<IssueAccessToken, Result<AccessTokenView>>
{
    private const int LifetimeSeconds = 43_199;

    public async Task<Result<AccessTokenView>> Handle(IssueAccessToken request, CancellationToken cancellationToken)
    {
        var client = await db.Clients.AsNoTracking()
            .FirstOrDefaultAsync(c => c.ClientId == request.ClientId && c.RevokedTime == null, cancellationToken);

        // An unknown client takes the same time as a wrong secret, so that client ids cannot be probed.
        if (!passwords.Verify(client?.SecretHash ?? DummyHash, request.ClientSecret) || client is null)
        {
            return ApplicationErrors.InvalidClient;
        }

        var scopes = request.Scopes is { Count: > 0 } requested ? requested : client.Scopes;
        if (scopes.FirstOrDefault(scope => !Scopes.IsWellFormed(scope) || !Scopes.Allow(client.Scopes, scope)) is { } refused)
        {
            return ApplicationErrors.InvalidScope(refused);
        }

        var token = SecretToken.Generate();
        db.AccessTokens.Add(AccessToken.Issue(SecretToken.Hash(token), client, scopes, clock.UtcNow().AddSeconds(LifetimeSeconds)));
        await db.SaveChangesAsync(cancellationToken);
        return new AccessTokenView(token, LifetimeSeconds, [.. scopes]);
    }

    private string DummyHash => _dummyHash ??= passwords.Hash("no such client");

    private static string? _dummyHash;
}
