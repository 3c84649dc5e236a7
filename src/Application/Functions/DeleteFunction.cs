using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Functions;

/// <summary>
/// Removes a function with its versions, the record of its runs and what it was yet to be run for (ours, ruling 16). Nothing of it is
/// shown any more, nor does it run; the rows go in portions afterwards, however many there are.
/// </summary>
/// <param name="Version">Only if the function still has it; null for any.</param>
public sealed record DeleteFunction(long Id, uint? Version = null) : IRequest<Result<Done>>;

internal sealed class DeleteFunctionHandler(IChatDbContext db, TimeProvider clock) : IRequestHandler<DeleteFunction, Result<Done>>
{
    public async Task<Result<Done>> Handle(DeleteFunction request, CancellationToken cancellationToken)
    {
        var function = await db.Functions.FirstOrDefaultAsync(function => function.Id == request.Id, cancellationToken);
        if (function is null)
        {
            return FunctionErrors.NotFound;
        }

        if (!Preconditions.Hold(request.Version, function.Version))
        {
            return CommonErrors.Changed;
        }

        function.Delete(clock.UtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return Done.Success;
    }
}
