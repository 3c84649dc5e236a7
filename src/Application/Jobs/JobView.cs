using AutoMapper;
using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.Application.Jobs;

public sealed record JobView
{
    public long Id { get; init; }

    public JobType Type { get; init; }

    public JobState State { get; init; }

    public DateTime CreatedTime { get; init; }

    public DateTime? StartedTime { get; init; }

    public DateTime? EndedTime { get; init; }

    /// <summary>Why the job failed or, before it has ended, why the last try did.</summary>
    public string? Error { get; init; }

    /// <summary>Items read so far, including replies that wait for a later message.</summary>
    public long Processed { get; init; }

    public long Succeeded { get; init; }

    /// <summary>Items imported before.</summary>
    public long Skipped { get; init; }

    public long Failed { get; init; }

    /// <summary>Known at the end.</summary>
    public long? Total { get; init; }

    public long BytesRead { get; init; }

    public long? BytesTotal { get; init; }

    public bool HasFile { get; init; }
}

internal sealed class JobMapping : Profile
{
    public JobMapping() => CreateMap<Job, JobView>()
        .ForMember(view => view.HasFile, map => map.MapFrom(job =>
            job.File != null && job.State == JobState.Finished
            && (job.Type == JobType.MessageAnalyticsExport
                || job.Type == JobType.UserAnalyticsExport
                || job.Type == JobType.ApplicationExport)));
}
