using AutoMapper;
using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.Application.Jobs;

/// <summary>An item of an import that did not go in.</summary>
public sealed record JobItemErrorView
{
    /// <summary>Its place in the file, from 0.</summary>
    public long Index { get; init; }

    public string? IdempotencyKey { get; init; }

    public string Reason { get; init; } = "";
}

internal sealed class JobItemErrorMapping : Profile
{
    public JobItemErrorMapping() => CreateMap<JobItemError, JobItemErrorView>();
}
