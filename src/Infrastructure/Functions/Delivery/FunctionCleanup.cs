using ChatPlatform.Application.Functions;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Functions.Delivery;

/// <summary>Fails runs whose lease has expired, and deletes expired records and the rows of removed functions.</summary>
internal sealed class FunctionCleanup(IDbContextFactory<ChatDbContext> contexts, IOptions<FunctionLimits> limits, TimeProvider clock)
{
    private const int BatchSize = 5_000;
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CleanupInterval = TimeSpan.FromHours(1);

    private long? _lastRun;
    private DateTime _nextCleanup = DateTime.MinValue;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_lastRun is { } lastRun && clock.GetElapsedTime(lastRun) < PollInterval)
        {
            return;
        }

        _lastRun = clock.GetTimestamp();
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
        await RemoveDeletedFunctionAsync(db, cancellationToken);
        if (now < _nextCleanup)
        {
            return;
        }

        var before = now - limits.Value.Keep;
        var invocations = db.FunctionInvocations.IgnoreQueryFilters()
            .Where(invocation => invocation.EndedTime < before).OrderBy(invocation => invocation.EndedTime);
        var deadLetters = db.FunctionDeliveries.IgnoreQueryFilters()
            .Where(letter => letter.State == DeliveryState.Dead && letter.EndedTime < before).OrderBy(letter => letter.EndedTime);

        // Deliveries of functions that stay disabled.
        var waiting = db.FunctionDeliveries.IgnoreQueryFilters()
            .Where(waiting => waiting.State == DeliveryState.Waiting && waiting.NotBefore < before).OrderBy(waiting => waiting.NotBefore);
        if (await TryDeleteAllAsync(invocations, cancellationToken) && await TryDeleteAllAsync(deadLetters, cancellationToken)
            && await TryDeleteAllAsync(waiting, cancellationToken))
        {
            _nextCleanup = now + CleanupInterval;
        }
    }

    /// <summary>Deletes the rows of one removed function, and the function last.</summary>
    private static async Task RemoveDeletedFunctionAsync(ChatDbContext db, CancellationToken cancellationToken)
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
        if (await TryDeleteAllAsync(invocations, cancellationToken) && await TryDeleteAllAsync(deliveries, cancellationToken))
        {
            await db.Functions.IgnoreQueryFilters().Where(function => function.ApplicationId == application && function.Id == id)
                .ExecuteDeleteAsync(cancellationToken);
        }
    }

    /// <summary>Deletes one batch, to keep transactions short.</summary>
    /// <returns>Whether no row is left.</returns>
    private static async Task<bool> TryDeleteAllAsync<T>(IOrderedQueryable<T> rows, CancellationToken cancellationToken) =>
        await rows.Take(BatchSize).ExecuteDeleteAsync(cancellationToken) < BatchSize;
}
