using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.WebApi.Dialects.Platform.Uploads;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Jobs;

/// <summary>
/// Starts exports and returns their jobs; <c>_links.file</c> of a finished job leads to the file (docs/contracts/platform.md#exports).
/// Request bodies are ignored: clients send empty forms.
/// </summary>
[Route("v1")]
[DisableFormValueModelBinding]
public sealed class ExportsController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Exports message counts by channel, user and day.</summary>
    [HttpPost("analytics/messages")]
    [RequiresScope("read:message")]
    [ProducesResponseType<JobResource>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> ExportMessageAnalytics([FromQuery(Name = "")] ExportFilter filter) =>
        Start(filter, JobType.MessageAnalyticsExport);

    /// <summary>Exports message counts by user and day.</summary>
    [HttpPost("analytics/users")]
    [RequiresScope("read:user")]
    [ProducesResponseType<JobResource>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> ExportUserAnalytics([FromQuery(Name = "")] ExportFilter filter) =>
        Start(filter, JobType.UserAnalyticsExport);

    /// <summary>Exports users, channels, members and messages: a zip of four gzip files of JSON lines, to import in that order.</summary>
    [HttpPost("exports")]
    [RequiresScope("read:user", "read:channel", "read:channel_membership", "read:message")]
    [ProducesResponseType<JobResource>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> ExportApplication() => Start(new ExportFilter(), JobType.ApplicationExport);

    /// <summary>Downloads the file of an export; range requests are supported.</summary>
    [HttpGet("jobs/{id:long}/file")]
    [RequiresScope("read:job")]
    [ProducesResponseType(StatusCodes.Status200OK)]
    [ProducesResponseType(StatusCodes.Status206PartialContent)]
    public Task<IActionResult> Download(long id) => Send(
        new GetJobFile(id),
        file => (IActionResult)new FileStreamResult(file.Content, file.ContentType)
        {
            FileDownloadName = file.FileName,
            LastModified = file.LastModifiedTime,
            EnableRangeProcessing = true,
        });

    private async Task<IActionResult> Start(ExportFilter filter, JobType type)
    {
        var request = filter.ToRequest(type);
        return request.IsSuccess
            ? await Send(request.Value, job => (IActionResult)Accepted(JobResource.From(job, Links)))
            : Refuse(request.Error);
    }
}
