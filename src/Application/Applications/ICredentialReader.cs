namespace ChatPlatform.Application.Applications;

/// <summary>One statement on one index for each request. Null for invalid, expired or revoked credentials and deleted users.</summary>
public interface ICredentialReader
{
    Task<Caller?> FindByAccessTokenAsync(byte[] tokenHash, CancellationToken cancellationToken);

    Task<Caller?> FindByDeveloperKeyAsync(byte[] keyHash, CancellationToken cancellationToken);

    Task<Caller?> FindByLoginTokenAsync(byte[] tokenHash, CancellationToken cancellationToken);
}

/// <param name="Grants">A client's scopes, or a user's roles.</param>
public sealed record Caller(long ApplicationId, long? ClientId, long? UserId, IReadOnlyList<string> Grants);
