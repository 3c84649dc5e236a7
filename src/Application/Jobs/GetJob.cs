using AutoMapper;
using AutoMapper.QueryableExtensions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Jobs;

public sealed record GetJob(long Id) : IRequest<Result<JobView>>;

internal sealed class GetJobHandler(IChatDbContext db, IConfigurationProvider mapping) : IRequestHandler<GetJob, Result<JobView>>
{
    public async Task<Result<JobView>> Handle(GetJob request, CancellationToken cancellationToken) =>
        await db.Jobs.Where(job => job.Id == request.Id).ProjectTo<JobView>(mapping).FirstOrDefaultAsync(cancellationToken) is { } job
            ? job
            : JobErrors.NotFound;
}
