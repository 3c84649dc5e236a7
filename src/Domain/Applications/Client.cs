namespace ChatPlatform.Domain.Applications;

/// <summary>
/// A program that may act for an application: client credentials, an optional developer key, the scopes it may ask for.
/// An application has as many as it likes; each can be revoked on its own.
/// </summary>
public sealed class Client
{
    private Client() { }

    public long ApplicationId { get; private set; }

    public long Id { get; private set; }

    public string ClientId { get; private set; } = null!;

    public string SecretHash { get; private set; } = null!;

    /// <summary>SHA-256 of the developer key; null when the client has none.</summary>
    public byte[]? DeveloperKeyHash { get; private set; }

    /// <summary>What its tokens may do, such as <c>read:channel</c> or <c>read:*</c>.</summary>
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
