using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Application.Common.Paging;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Jobs;

/// <summary>The items of an import that did not go in, and why, in the file's order (platform contract, ruling 13).</summary>
/// <param name="From">The first index wanted.</param>
/// <param name="Size">1 to <see cref="PageRequest.MaxSize"/>.</param>
public sealed record ListJobErrors(long JobId, long From = 0, int Size = PageRequest.DefaultSize) : IRequest<Result<JobErrorPage>>;

/// <param name="Next">The index from which the following page starts; null when this is the last.</param>
/// <param name="Total">Over all pages.</param>
public sealed record JobErrorPage(IReadOnlyList<JobItemErrorView> Items, int Size, long? Next, long Total);

internal sealed class ListJobErrorsValidator : AbstractValidator<ListJobErrors>
{
    public ListJobErrorsValidator()
    {
        RuleFor(r => r.From).GreaterThanOrEqualTo(0);
        RuleFor(r => r.Size).InclusiveBetween(1, PageRequest.MaxSize);
    }
}

internal sealed class ListJobErrorsHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<ListJobErrors, Result<JobErrorPage>>
{
    public async Task<Result<JobErrorPage>> Handle(ListJobErrors request, CancellationToken cancellationToken)
    {
        var total = await db.Jobs.Where(job => job.Id == request.JobId)
            .Select(job => (long?)job.Failed).FirstOrDefaultAsync(cancellationToken);
        if (total is null)
        {
            return JobErrors.NotFound;
        }

        var items = await db.JobItemErrors
            .Where(error => error.JobId == request.JobId && error.Index >= request.From)
            .OrderBy(error => error.Index)
            .Take(request.Size + 1)
            .ProjectTo<JobItemErrorView>(mapping)
            .ToListAsync(cancellationToken);
        var next = items.Count > request.Size ? items[request.Size].Index : (long?)null;
        return new JobErrorPage([.. items.Take(request.Size)], request.Size, next, total.Value);
    }
}
