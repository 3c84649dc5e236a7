using System.Text.Json.Serialization;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.WebApi.Dialects.Platform.Jobs;

/// <summary>Work done in the background, and how far it is.</summary>
/// <param name="Error">Why it failed (ours).</param>
/// <param name="File">Where the file lies that an export made.</param>
public sealed record JobResource(
    JobType Type,
    long Id,
    DateTime CreatedTime,
    DateTime? EndedTime,
    JobState State,
    ProgressResource Progress,
    string? Error,
    string? File,
    [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links)
{
    public static JobResource From(JobView job, Links links)
    {
        var map = new Dictionary<string, Link> { ["self"] = links.Job(job.Id), ["application"] = links.Application };
        if (ImportTypes.All.Contains(job.Type))
        {
            map["errors"] = links.Job(job.Id, "/errors");
        }

        if (job.HasFile)
        {
            map["file"] = links.Job(job.Id, "/file");
        }

        var progress = new ProgressResource(
            job.Processed, job.Total, job.Succeeded, job.Skipped, job.Failed, job.BytesTotal is null ? null : job.BytesRead, job.BytesTotal);
        return new JobResource(job.Type, job.Id, job.CreatedTime, job.EndedTime, job.State, progress, job.Error, map.GetValueOrDefault("file")?.Href, map);
    }
}

/// <summary>Counts of items (platform contract, ruling 13).</summary>
/// <param name="Total">Known at the end.</param>
/// <param name="BytesRead">Of an import's file as it was uploaded, packed or not.</param>
/// <param name="BytesTotal">Of an import's file.</param>
public sealed record ProgressResource(
    long Processed, long? Total, long Succeeded, long Skipped, long Failed, long? BytesRead, long? BytesTotal);

/// <summary>An item that did not go in, and why.</summary>
/// <param name="Index">Its place in the file, from 0.</param>
public sealed record JobItemErrorResource(long Index, string? IdempotencyKey, string Reason)
{
    public static JobItemErrorResource From(JobItemErrorView error) => new(error.Index, error.IdempotencyKey, error.Reason);
}
