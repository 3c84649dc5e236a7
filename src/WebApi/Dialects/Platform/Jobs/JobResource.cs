using System.Text.Json.Serialization;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.WebApi.Dialects.Platform.Jobs;

/// <summary>Work done in the background, with its progress.</summary>
/// <param name="Error">Why the job failed or, before it has ended, why the last try did.</param>
/// <param name="File">Address of an export's file.</param>
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
            job.Processed, job.Total, job.Succeeded, job.Skipped, job.Failed,
            job.BytesTotal is null ? null : job.BytesRead, job.BytesTotal);
        var file = map.GetValueOrDefault("file")?.Href;
        return new JobResource(job.Type, job.Id, job.CreatedTime, job.EndedTime, job.State, progress, job.Error, file, map);
    }
}

/// <summary>Item counts (docs/contracts/platform.md#jobs).</summary>
/// <param name="Total">Known once the job has ended.</param>
/// <param name="BytesRead">Bytes read of an import's file as uploaded, compressed or not.</param>
/// <param name="BytesTotal">Size of an import's file.</param>
public sealed record ProgressResource(
    long Processed, long? Total, long Succeeded, long Skipped, long Failed, long? BytesRead, long? BytesTotal);

/// <summary>A failed item.</summary>
/// <param name="Index">Position in the file, from 0.</param>
public sealed record JobItemErrorResource(long Index, string? IdempotencyKey, string Reason)
{
    public static JobItemErrorResource From(JobItemErrorView error) => new(error.Index, error.IdempotencyKey, error.Reason);
}
