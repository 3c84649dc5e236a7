using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Jobs;

/// <summary>Streams all failed items of an import in file order; read it while the request's scope lives.</summary>
public sealed record GetJobErrorReport(long JobId) : IRequest<Result<JobErrorReport>>;

public sealed record JobErrorReport(IAsyncEnumerable<JobItemErrorView> Items);

internal sealed class GetJobErrorReportHandler(IChatDbContext db, IConfigurationProvider mapping)
    : IRequestHandler<GetJobErrorReport, Result<JobErrorReport>>
{
    public async Task<Result<JobErrorReport>> Handle(GetJobErrorReport request, CancellationToken cancellationToken)
    {
        if (!await db.Jobs.AnyAsync(job => job.Id == request.JobId, cancellationToken))
        {
            return JobErrors.NotFound;
        }

        return new JobErrorReport(db.JobItemErrors
            .Where(error => error.JobId == request.JobId)
            .OrderBy(error => error.Index)
            .ProjectTo<JobItemErrorView>(mapping)
            .AsAsyncEnumerable());
    }
}
