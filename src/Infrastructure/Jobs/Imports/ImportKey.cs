using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>
/// That an item of this type and idempotency key went into the application, and as what. It stays when that is deleted: what was taken
/// out again on purpose does not come back with the next import of the same file.
/// </summary>
public sealed class ImportKey : ITenantOwned
{
    private ImportKey() { }

    public long ApplicationId { get; private set; }

    public JobType Type { get; private set; }

    public string Key { get; private set; } = null!;

    /// <summary>The user's, channel's or message's id; of a STANDALONE thread among those of messages, with which it shares a sequence.</summary>
    public long TargetId { get; private set; }

    /// <summary>Of the item's text; null for items of older versions, which kept none.</summary>
    public long? ContentHash { get; private set; }

    internal static ImportKey Create(long applicationId, JobType type, string key, long targetId, long contentHash) =>
        new() { ApplicationId = applicationId, Type = type, Key = key, TargetId = targetId, ContentHash = contentHash };
}
