namespace ChatPlatform.Application.Applications;

/// <summary>Who calls, by what they showed. Asked with every request, so it is one statement on one index.</summary>
public interface ICredentialReader
{
    /// <summary>The caller behind a bearer token; null when it is unknown, expired or its client revoked.</summary>
    Task<Caller?> FindByAccessTokenAsync(byte[] tokenHash, CancellationToken cancellationToken);

    /// <summary>The caller behind a client's developer key; null when it is unknown or the client revoked.</summary>
    Task<Caller?> FindByDeveloperKeyAsync(byte[] keyHash, CancellationToken cancellationToken);

    /// <summary>The user behind a login token; null when it is unknown, expired, or the user deleted.</summary>
    Task<Caller?> FindByLoginTokenAsync(byte[] tokenHash, CancellationToken cancellationToken);
}

/// <param name="ClientId">The client that calls, or null when a user does.</param>
/// <param name="UserId">The user who calls, or null when a client does.</param>
/// <param name="Grants">A client's scopes, or a user's roles.</param>
public sealed record Caller(long ApplicationId, long? ClientId, long? UserId, IReadOnlyList<string> Grants);
