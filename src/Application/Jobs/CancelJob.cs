using AutoMapper;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Jobs;

/// <summary>Stops a job that has not ended and keeps what it wrote. No effect if already cancelled, a conflict if ended.</summary>
public sealed record CancelJob(long Id) : IRequest<Result<JobView>>;

internal sealed class CancelJobHandler(IChatDbContext db, IConfigurationProvider mapping, TimeProvider clock)
    : IRequestHandler<CancelJob, Result<JobView>>
{
    public async Task<Result<JobView>> Handle(CancelJob request, CancellationToken cancellationToken)
    {
        if (await db.Jobs.FirstOrDefaultAsync(job => job.Id == request.Id, cancellationToken) is not { } job)
        {
            return JobErrors.NotFound;
        }

        var cancelled = job.Cancel(clock.UtcNow());
        if (!cancelled.IsSuccess)
        {
            return cancelled.Error;
        }

        await db.SaveChangesAsync(cancellationToken);
        return mapping.CreateMapper().Map<JobView>(job);
    }
}
