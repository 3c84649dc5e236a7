using AutoMapper;
using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.Application.Jobs;

public sealed record JobItemErrorView
{
    /// <summary>Position in the file, from 0.</summary>
    public long Index { get; init; }

    public string? IdempotencyKey { get; init; }

    public string Reason { get; init; } = "";
}

internal sealed class JobItemErrorMapping : Profile
{
    public JobItemErrorMapping() => CreateMap<JobItemError, JobItemErrorView>();
}
