using System.Text.Json;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.WebApi.Dialects.Platform.Json;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Jobs;

[Route("v1/jobs")]
public sealed class JobsController(IMediator mediator) : PlatformController(mediator)
{
    // Typed clients fail on a list with a type that they do not know.
    private static readonly JobType[] PublishedTypes =
        [.. ImportTypes.All, JobType.MessageAnalyticsExport, JobType.UserAnalyticsExport];

    /// <summary>Lists jobs.</summary>
    /// <param name="running">True for jobs that have not ended, false for those that have; absent for all.</param>
    /// <param name="type">Only jobs of these types; absent for the types of the published API and USER_ANALYTICS_EXPORT.</param>
    /// <param name="all">True for jobs of all types.</param>
    [HttpGet]
    [RequiresScope("read:job")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List([FromQuery(Name = "")] PageParameters page, bool? running, [FromQuery] string[] type, bool? all)
    {
        var types = new List<JobType>();
        foreach (var name in type)
        {
            if (!WireEnum.TryParse<JobType>(name, out var known))
            {
                return Refuse(CommonErrors.Invalid("type", WireEnum.Expected<JobType>()));
            }

            types.Add(known);
        }

        if (types.Count == 0 && all is not true)
        {
            types.AddRange(PublishedTypes);
        }

        return await Send(
            new ListJobs(page.ToRequest(), running, types),
            jobs => Paged(jobs, "jobs", "/jobs", job => JobResource.From(job, Links)));
    }

    /// <summary>Retrieves a job.</summary>
    [HttpGet("{id:long}")]
    [RequiresScope("read:job")]
    [ProducesResponseType<JobResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Retrieve(long id) => Send(new GetJob(id), job => JobResource.From(job, Links));

    /// <summary>Stops a job that has not ended; what it has written stays.</summary>
    [HttpPost("{id:long}/cancel")]
    [RequiresScope("read:job", "update:job")]
    [ProducesResponseType<JobResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Cancel(long id) => Send(new CancelJob(id), job => JobResource.From(job, Links));

    /// <summary>Lists the failed items of an import, in file order.</summary>
    /// <param name="from">First index, inclusive.</param>
    [HttpGet("{id:long}/errors")]
    [RequiresScope("read:job")]
    [ProducesResponseType<JobErrorsResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ListErrors(long id, long? from, int? size) => Send(
        new ListJobErrors(id, from ?? 0, Sizes.Of(size)),
        errors => JobErrorsResource.From(errors, id, from ?? 0, Links));

    /// <summary>Returns all failed items of an import, one JSON object per line.</summary>
    [HttpGet("{id:long}/error-report")]
    [RequiresScope("read:job")]
    [ProducesResponseType(StatusCodes.Status200OK)]
    public Task<IActionResult> ReportErrors(long id) =>
        Send(new GetJobErrorReport(id), report => (IActionResult)new ErrorReport(report.Items));

    private sealed class ErrorReport(IAsyncEnumerable<JobItemErrorView> errors) : IActionResult
    {
        public async Task ExecuteResultAsync(ActionContext context)
        {
            var response = context.HttpContext.Response;
            response.ContentType = "application/x-ndjson";
            await foreach (var error in errors.WithCancellation(context.HttpContext.RequestAborted))
            {
                var line = JsonSerializer.SerializeToUtf8Bytes(JobItemErrorResource.From(error), PlatformJson.WriteCamelCase);
                await response.BodyWriter.WriteAsync(line, context.HttpContext.RequestAborted);
                await response.BodyWriter.WriteAsync("\n"u8.ToArray(), context.HttpContext.RequestAborted);
            }
        }
    }
}
