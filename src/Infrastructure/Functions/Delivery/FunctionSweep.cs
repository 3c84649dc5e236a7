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
    private const int Portion = 5_000;
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
        await RemoveAsync(db, cancellationToken);
        if (now < _next)
        {
            return;
        }

        var before = now - limits.Value.Keep;
        var invocations = db.FunctionInvocations.IgnoreQueryFilters()
            .Where(invocation => invocation.EndedTime < before).OrderBy(invocation => invocation.EndedTime);
        var letters = db.FunctionDeliveries.IgnoreQueryFilters()
            .Where(letter => letter.State == DeliveryState.Dead && letter.EndedTime < before).OrderBy(letter => letter.EndedTime);

        // Of functions that were disabled and never enabled again.
        var waiting = db.FunctionDeliveries.IgnoreQueryFilters()
            .Where(waiting => waiting.State == DeliveryState.Waiting && waiting.NotBefore < before).OrderBy(waiting => waiting.NotBefore);
        if (await RemovedAllAsync(invocations, cancellationToken) && await RemovedAllAsync(letters, cancellationToken)
            && await RemovedAllAsync(waiting, cancellationToken))
        {
            _next = now + Every;
        }
    }

    /// <summary>What functions that were removed have left, before the functions themselves.</summary>
    private static async Task RemoveAsync(ChatDbContext db, CancellationToken cancellationToken)
    {
        var removed = await db.Functions.IgnoreQueryFilters().AsNoTracking().Where(function => function.DeletedTime != null)
            .OrderBy(function => function.DeletedTime).FirstOrDefaultAsync(cancellationToken);
        if (removed is null)
        {
            return;
        }

        var (application, id) = (removed.ApplicationId, removed.Id);
        var invocations = db.FunctionInvocations.IgnoreQueryFilters()
            .Where(invocation => invocation.ApplicationId == application && invocation.FunctionId == id)
            .OrderBy(invocation => invocation.Id);
        var deliveries = db.FunctionDeliveries.IgnoreQueryFilters()
            .Where(delivery => delivery.ApplicationId == application && delivery.FunctionId == id).OrderBy(delivery => delivery.Id);
        if (await RemovedAllAsync(invocations, cancellationToken) && await RemovedAllAsync(deliveries, cancellationToken))
        {
            await db.Functions.IgnoreQueryFilters().Where(function => function.ApplicationId == application && function.Id == id)
                .ExecuteDeleteAsync(cancellationToken);
        }
    }

    /// <summary>Removes a portion, so that none takes long; says whether that was all.</summary>
    private static async Task<bool> RemovedAllAsync<T>(IOrderedQueryable<T> rows, CancellationToken cancellationToken) =>
        await rows.Take(Portion).ExecuteDeleteAsync(cancellationToken) < Portion;
}
