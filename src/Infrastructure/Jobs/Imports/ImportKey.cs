using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>
/// Records that an item with this idempotency key was imported, and as what. It outlives its target: items deleted on purpose do
/// not return with the next import of the same file.
/// </summary>
public sealed class ImportKey : ITenantOwned
{
    private ImportKey() { }

    public long ApplicationId { get; private set; }

    public JobType Type { get; private set; }

    public string Key { get; private set; } = null!;

    /// <summary>Id of the user, channel, message or STANDALONE thread; threads share the messages' sequence.</summary>
    public long TargetId { get; private set; }

    /// <summary>Null for items imported by older versions.</summary>
    public long? ContentHash { get; private set; }

    internal static ImportKey Create(long applicationId, JobType type, string key, long targetId, long contentHash) =>
        new() { ApplicationId = applicationId, Type = type, Key = key, TargetId = targetId, ContentHash = contentHash };
}
