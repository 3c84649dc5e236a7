using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Applications;

/// <summary>The first response to a request with an Idempotency-Key; repeated requests get it for <see cref="Lifetime"/>.</summary>
public sealed class IdempotentResponse : ITenantOwned
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private IdempotentResponse() { }

    public long ApplicationId { get; private set; }

    /// <summary>SHA-256 of the path and the caller's key.</summary>
    public byte[] KeyHash { get; private set; } = [];

    public byte[] BodyHash { get; private set; } = [];

    public DateTime CreatedTime { get; private set; }

    public int Status { get; private set; }

    public string? ContentType { get; private set; }

    public string? Location { get; private set; }

    public byte[] Content { get; private set; } = [];
}
