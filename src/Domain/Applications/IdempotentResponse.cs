using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Applications;

/// <summary>The first answer to a request that carried an Idempotency-Key, given again to whoever repeats the request within a day.</summary>
public sealed class IdempotentResponse : ITenantOwned
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private IdempotentResponse() { }

    public long ApplicationId { get; private set; }

    /// <summary>SHA-256 of method, path and the caller's key.</summary>
    public byte[] KeyHash { get; private set; } = [];

    /// <summary>SHA-256 of the body.</summary>
    public byte[] BodyHash { get; private set; } = [];

    public DateTime CreatedTime { get; private set; }

    public int Status { get; private set; }

    public string? ContentType { get; private set; }

    public string? Location { get; private set; }

    public byte[] Content { get; private set; } = [];
}
