using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.Application.Jobs;

public static class ImportTypes
{
    public static readonly IReadOnlyCollection<JobType> All =
        [JobType.UserImport, JobType.ChannelImport, JobType.ChannelMembersImport, JobType.MessageImport];
}

/// <summary>Configuration section <c>Imports</c>. <see cref="BatchItems"/> and <see cref="BatchBytes"/> bound a transaction.</summary>
public sealed class ImportLimits
{
    public long MaxFileBytes { get; set; } = 10L * 1024 * 1024 * 1024;

    /// <summary>Unpacked; a larger item is reported as an error.</summary>
    public int MaxItemBytes { get; set; } = 16 * 1024 * 1024;

    public int BatchItems { get; set; } = 5_000;

    public int BatchBytes { get; set; } = 1024 * 1024;
}
