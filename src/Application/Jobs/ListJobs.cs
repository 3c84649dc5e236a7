using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Jobs;

/// <summary>A page of the application's jobs, by id by default (docs/contracts/platform.md#jobs).</summary>
/// <param name="Running">True for jobs that have not ended, false for those that have, null for all.</param>
public sealed record ListJobs(PageRequest Page, bool? Running = null, IReadOnlyCollection<JobType>? Types = null)
    : IRequest<Result<Page<JobView>>>;

internal sealed class ListJobsValidator : AbstractValidator<ListJobs>
{
    public static readonly Sorting<Job> Sorting = new Sorting<Job>("id", job => job.Id)
        .By("type", job => job.Type)
        .By("state", job => job.State)
        .By("createdTime", job => job.CreatedTime)
        .By("endedTime", job => job.EndedTime);

    public ListJobsValidator() => RuleFor(r => r.Page).PageOf(Sorting);
}

internal sealed class ListJobsHandler(IChatDbContext db, IConfigurationProvider mapping) : IRequestHandler<ListJobs, Result<Page<JobView>>>
{
    public async Task<Result<Page<JobView>>> Handle(ListJobs request, CancellationToken cancellationToken)
    {
        IQueryable<Job> jobs = db.Jobs;
        if (request.Running is { } running)
        {
            jobs = jobs.Where(job => (job.State == JobState.Pending || job.State == JobState.Running) == running);
        }

        if (request.Types is { Count: > 0 } types)
        {
            jobs = jobs.Where(job => types.Contains(job.Type));
        }

        return await ListJobsValidator.Sorting.Apply(jobs, request.Page.Sort).ProjectTo<JobView>(mapping)
            .ToPageAsync(request.Page, cancellationToken);
    }
}
