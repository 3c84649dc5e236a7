using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Functions;

/// <summary>Queues all dead letters of a function again, in the order of their events.</summary>
/// <returns>The number of dead letters.</returns>
public sealed record ReplayDeadLetters(long FunctionId) : IRequest<Result<int>>;

internal sealed class ReplayDeadLettersHandler(IChatDbContext db, TimeProvider clock) : IRequestHandler<ReplayDeadLetters, Result<int>>
{
    public async Task<Result<int>> Handle(ReplayDeadLetters request, CancellationToken cancellationToken)
    {
        if (!await db.Functions.AnyAsync(function => function.Id == request.FunctionId, cancellationToken))
        {
            return FunctionErrors.NotFound;
        }

        var now = clock.UtcNow();
        return await db.FunctionDeliveries
            .Where(letter => letter.FunctionId == request.FunctionId && letter.State == DeliveryState.Dead)
            .ExecuteUpdateAsync(
                letter => letter.SetProperty(one => one.State, DeliveryState.Waiting)
                    .SetProperty(one => one.Attempts, 0)
                    .SetProperty(one => one.EndedTime, (DateTime?)null)
                    .SetProperty(one => one.NotBefore, now),
                cancellationToken);
    }
}
