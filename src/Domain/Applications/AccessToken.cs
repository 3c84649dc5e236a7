namespace ChatPlatform.Domain.Applications;

public sealed class AccessToken
{
    private AccessToken() { }

    /// <summary>SHA-256 of the token; the token itself is not stored.</summary>
    public byte[] TokenHash { get; private set; } = [];

    public long ApplicationId { get; private set; }

    public long ClientId { get; private set; }

    public string[] Scopes { get; private set; } = [];

    public DateTime ExpiresTime { get; private set; }

    public static AccessToken Issue(byte[] tokenHash, Client client, IEnumerable<string> scopes, DateTime expires) => new()
    {
        TokenHash = tokenHash,
        ApplicationId = client.ApplicationId,
        ClientId = client.Id,
        Scopes = [.. scopes],
        ExpiresTime = expires,
    };
}
