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

/// <param name="From">First index, inclusive; items are in file order.</param>
public sealed record ListJobErrors(long JobId, long From = 0, int Size = PageRequest.DefaultSize) : IRequest<Result<JobErrorPage>>;

/// <param name="Next">The first index of the next page; null on the last page.</param>
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
