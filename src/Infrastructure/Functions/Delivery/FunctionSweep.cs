using ChatPlatform.Application.Functions;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Functions.Delivery;

/// <summary>Ends the runs that nobody will tell the end of, and forgets the records whose time is over.</summary>
internal sealed class FunctionSweep(IDbContextFactory<ChatDbContext> contexts, IOptions<FunctionLimits> limits, TimeProvider clock)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private long? _looked;
    private DateTime _next = DateTime.MinValue;

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        if (_looked is { } looked && clock.GetElapsedTime(looked) < Look)
        {
            return;
        }

        _looked = clock.GetTimestamp();
        var now = clock.UtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.FunctionInvocations.IgnoreQueryFilters()
            .Where(invocation => invocation.Status == InvocationStatus.Running && invocation.LeaseUntil < now)
            .ExecuteUpdateAsync(
                invocation => invocation.SetProperty(one => one.Status, InvocationStatus.Failed)
                    .SetProperty(one => one.Failure, InvocationFailure.Interrupted)
                    .SetProperty(one => one.EndedTime, now)
                    .SetProperty(one => one.LeaseUntil, (DateTime?)null),
                cancellationToken);
        if (now < _next)
        {
            return;
        }

        _next = now + Every;
        var before = now - limits.Value.Keep;
        await db.FunctionInvocations.IgnoreQueryFilters().Where(invocation => invocation.EndedTime < before)
            .ExecuteDeleteAsync(cancellationToken);
        await db.FunctionDeliveries.IgnoreQueryFilters().Where(letter => letter.State == DeliveryState.Dead && letter.EndedTime < before)
            .ExecuteDeleteAsync(cancellationToken);

        // Of functions that were disabled and never enabled again.
        await db.FunctionDeliveries.IgnoreQueryFilters()
            .Where(waiting => waiting.State == DeliveryState.Waiting && waiting.NotBefore < before)
            .ExecuteDeleteAsync(cancellationToken);
    }
}
