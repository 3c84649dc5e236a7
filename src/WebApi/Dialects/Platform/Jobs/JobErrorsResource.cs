using System.Globalization;
using System.Text.Json.Serialization;
using ChatPlatform.Application.Jobs;
using ChatPlatform.WebApi.Dialects.Platform.Paging;

namespace ChatPlatform.WebApi.Dialects.Platform.Jobs;

/// <summary>A page of failed items, in file order.</summary>
public sealed record JobErrorsResource(
    [property: JsonPropertyName("_embedded")] IReadOnlyDictionary<string, IReadOnlyList<object>>? Embedded,
    [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links,
    JobErrorsMetadata Page)
{
    public static JobErrorsResource From(JobErrorPage page, long jobId, long from, Links links)
    {
        var map = new Dictionary<string, Link> { ["self"] = At(from) };
        if (page.Next is { } next)
        {
            map["next"] = At(next);
        }

        map["report"] = links.Job(jobId, "/error-report");
        map["job"] = links.Job(jobId);
        return new JobErrorsResource(
            Embedding.Of("errors", page.Items, JobItemErrorResource.From), map, new JobErrorsMetadata(page.Size, page.Total));

        Link At(long index) =>
            links.Job(jobId, string.Create(CultureInfo.InvariantCulture, $"/errors?from={index}&size={page.Size}"));
    }
}

/// <param name="Total">Failed items on all pages.</param>
public sealed record JobErrorsMetadata(int Size, long Total);
