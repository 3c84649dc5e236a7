namespace ChatPlatform.Domain.Applications;

/// <summary>Client credentials of an application, with an optional developer key. Each client can be revoked separately.</summary>
public sealed class Client
{
    private Client() { }

    public long ApplicationId { get; private set; }

    public long Id { get; private set; }

    public string ClientId { get; private set; } = null!;

    public string SecretHash { get; private set; } = null!;

    /// <summary>SHA-256; null without a developer key.</summary>
    public byte[]? DeveloperKeyHash { get; private set; }

    public string[] Scopes { get; private set; } = [];

    public DateTime CreatedTime { get; private set; }

    public DateTime? RevokedTime { get; private set; }

    public static Client Create(
        long applicationId, string clientId, string secretHash, byte[]? developerKeyHash, IEnumerable<string> scopes, DateTime now) => new()
        {
            ApplicationId = applicationId,
            ClientId = clientId,
            SecretHash = secretHash,
            DeveloperKeyHash = developerKeyHash,
            Scopes = [.. scopes],
            CreatedTime = now,
        };

    public void Revoke(DateTime now) => RevokedTime ??= now;
}
