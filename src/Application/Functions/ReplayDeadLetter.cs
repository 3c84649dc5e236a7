using AutoMapper;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Functions;

/// <summary>Queues a dead letter again; it runs with the version that is deployed by then.</summary>
public sealed record ReplayDeadLetter(long Id) : IRequest<Result<DeadLetterView>>;

internal sealed class ReplayDeadLetterHandler(IChatDbContext db, IConfigurationProvider mapping, TimeProvider clock)
    : IRequestHandler<ReplayDeadLetter, Result<DeadLetterView>>
{
    public Task<Result<DeadLetterView>> Handle(ReplayDeadLetter request, CancellationToken cancellationToken) =>
        db.InTransactionAsync(() => ReplayAsync(request, cancellationToken), cancellationToken);

    private async Task<Result<DeadLetterView>> ReplayAsync(ReplayDeadLetter request, CancellationToken cancellationToken)
    {
        await db.LockAsync<FunctionDelivery>([request.Id], cancellationToken);
        var letter = await db.FunctionDeliveries.FirstOrDefaultAsync(
            letter => letter.Id == request.Id && letter.State == DeliveryState.Dead
                && db.Functions.Any(function => function.Id == letter.FunctionId),
            cancellationToken);
        if (letter is null)
        {
            return FunctionErrors.DeadLetterNotFound;
        }

        letter.Replay(clock.UtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return mapping.CreateMapper().Map<DeadLetterView>(letter);
    }
}
