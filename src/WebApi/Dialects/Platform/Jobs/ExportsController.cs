using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.WebApi.Dialects.Platform.Uploads;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Jobs;

/// <summary>
/// Files written in the background; the answer is the job, whose <c>_links.file</c> leads to the file once it is there (platform
/// contract, operations 1 and 2, ruling 13). Bodies are not looked at: clients send empty forms.
/// </summary>
[Route("v1")]
[DisableFormValueModelBinding]
public sealed class ExportsController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Exports counts of messages by channel, user and day.</summary>
    [HttpPost("analytics/messages")]
    [RequiresScope("read:message")]
    [ProducesResponseType<JobResource>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> ExportMessageAnalytics([FromQuery(Name = "")] ExportFilter filter) =>
        Start(filter, JobType.MessageAnalyticsExport);

    /// <summary>Exports counts of what users sent by day.</summary>
    [HttpPost("analytics/users")]
    [RequiresScope("read:user")]
    [ProducesResponseType<JobResource>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> ExportUserAnalytics([FromQuery(Name = "")] ExportFilter filter) =>
        Start(filter, JobType.UserAnalyticsExport);

    /// <summary>
    /// Exports users, channels, members and messages (ours): a zip of four gzip files of JSON lines, to be imported in this order.
    /// </summary>
    [HttpPost("exports")]
    [RequiresScope("read:user", "read:channel", "read:channel_membership", "read:message")]
    [ProducesResponseType<JobResource>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> ExportApplication() => Start(new ExportFilter(), JobType.ApplicationExport);

    /// <summary>The file that an export made, also in ranges.</summary>
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
