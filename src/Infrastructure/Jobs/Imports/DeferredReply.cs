using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>A message of an import that waits for its parent, which stands later in the file.</summary>
public sealed class DeferredReply : ITenantOwned
{
    private DeferredReply() { }

    public long ApplicationId { get; private set; }

    public long JobId { get; private set; }

    /// <summary>Position in the file, from 0.</summary>
    public long Index { get; private set; }

    public string? IdempotencyKey { get; private set; }

    /// <summary>Idempotency key of the parent.</summary>
    public string ReplyTo { get; private set; } = null!;

    /// <summary>Number of deferred replies between this one and an imported message; null until the end of the file.</summary>
    public int? Depth { get; private set; }

    /// <summary>The item's text in the file.</summary>
    public byte[] Item { get; private set; } = null!;

    internal static DeferredReply Create(Job job, long index, string? idempotencyKey, string replyTo, byte[] item) => new()
    {
        ApplicationId = job.ApplicationId,
        JobId = job.Id,
        Index = index,
        IdempotencyKey = idempotencyKey,
        ReplyTo = replyTo,
        Item = item,
    };
}
