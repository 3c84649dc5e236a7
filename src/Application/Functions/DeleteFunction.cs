using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Functions;

/// <summary>
/// Removes a function with its versions, invocations and deliveries. It disappears and stops at once; the rows are deleted in batches
/// afterwards (docs/contracts/platform.md#chat-functions).
/// </summary>
/// <param name="Versions">Accepted entity versions; null for any.</param>
public sealed record DeleteFunction(long Id, IReadOnlyCollection<uint>? Versions = null) : IRequest<Result<Done>>;

internal sealed class DeleteFunctionHandler(IChatDbContext db, TimeProvider clock) : IRequestHandler<DeleteFunction, Result<Done>>
{
    public async Task<Result<Done>> Handle(DeleteFunction request, CancellationToken cancellationToken)
    {
        var function = await db.Functions.FirstOrDefaultAsync(function => function.Id == request.Id, cancellationToken);
        if (function is null)
        {
            return FunctionErrors.NotFound;
        }

        if (!Preconditions.Hold(request.Versions, function.Version))
        {
            return CommonErrors.Changed;
        }

        function.Delete(clock.UtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return Done.Success;
    }
}
