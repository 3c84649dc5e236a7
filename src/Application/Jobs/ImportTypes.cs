using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.Application.Jobs;

public static class ImportTypes
{
    public static readonly IReadOnlyCollection<JobType> All =
        [JobType.UserImport, JobType.ChannelImport, JobType.ChannelMembersImport, JobType.MessageImport];
}

/// <summary>How large imports may be (configuration section <c>Imports</c>).</summary>
public sealed class ImportLimits
{
    /// <summary>Of an upload, as it arrives; 10 GB by default.</summary>
    public long MaxFileBytes { get; set; } = 10L * 1024 * 1024 * 1024;

    /// <summary>Of one item, unpacked; one that is larger is a bad item. 16 MB by default.</summary>
    public int MaxItemBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Most items written in one transaction; fewer when they are long.</summary>
    public int BatchItems { get; set; } = 5_000;

    /// <summary>Of the items written in one transaction, as text; 1 MB by default.</summary>
    public int BatchBytes { get; set; } = 1024 * 1024;
}
