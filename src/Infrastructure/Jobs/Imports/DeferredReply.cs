using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>A message of an import set aside until the message that it answers, which stands later in the file, is in.</summary>
public sealed class DeferredReply : ITenantOwned
{
    private DeferredReply() { }

    public long ApplicationId { get; private set; }

    public long JobId { get; private set; }

    /// <summary>The item's place in the file, from 0.</summary>
    public long Index { get; private set; }

    public string? IdempotencyKey { get; private set; }

    /// <summary>The key that it waits for.</summary>
    public string ReplyTo { get; private set; } = null!;

    /// <summary>How many waiting replies lie between it and a message that is in; null before the file was read to its end.</summary>
    public int? Depth { get; private set; }

    /// <summary>As it stands in the file.</summary>
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
