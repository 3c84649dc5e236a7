using ChatPlatform.Application.Common;
using ChatPlatform.Application.Functions;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Functions;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Functions.Delivery;

/// <summary>
/// Runs functions for queued deliveries: at least once, and one at a time in the order of events for each function and channel. One
/// transaction claims a delivery, the function runs outside any, and another stores the outcome. If the server dies in between, the
/// delivery stays claimed until its lease expires.
/// </summary>
internal sealed class FunctionQueue(
    IServiceScopeFactory scopes, IDbContextFactory<ChatDbContext> contexts, FunctionRunner runner, IOptions<FunctionLimits> limits,
    TimeProvider clock, ILogger<FunctionQueue> log)
{
    private static readonly TimeSpan MaxBackOff = TimeSpan.FromMinutes(10);

    /// <summary>Claims the delivery that has been due longest.</summary>
    /// <param name="busy">Applications to skip.</param>
    /// <returns>Null when none is due.</returns>
    public async Task<Claimed?> ClaimAsync(IReadOnlyCollection<long> busy, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.UtcNow();
        var others = busy.ToArray();
        var found = await db.FunctionDeliveries.FromSql(
            $"""
            select d.* from function_deliveries d
            join functions f on f.application_id = d.application_id and f.id = d.function_id and f.enabled
            where (d.state = 0 and d.not_before <= {now} or d.state = 1 and d.lease_until < {now})
              and d.application_id <> all ({others})
              and not exists (
                select from function_deliveries o
                where o.application_id = d.application_id and o.function_id = d.function_id and o.channel_id = d.channel_id
                  and o.state in (0, 1) and o.id < d.id)
            order by d.not_before, d.id
            limit 1
            for update of d skip locked
            """).IgnoreQueryFilters().ToListAsync(cancellationToken);
        if (found is not [var delivery])
        {
            return null;
        }

        var wasInterrupted = delivery.State is DeliveryState.Running;
        if (wasInterrupted && delivery.Attempts >= limits.Value.Tries)
        {
            delivery.MoveToDeadLetter(InvocationFailure.Interrupted, now);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return await ClaimAsync(busy, cancellationToken);
        }

        var function = await (
            from one in db.Functions.IgnoreQueryFilters()
            from version in db.FunctionVersions.IgnoreQueryFilters().Where(version => version.ApplicationId == one.ApplicationId
                && version.FunctionId == one.Id && version.Number == one.CurrentVersionNumber)
            where one.ApplicationId == delivery.ApplicationId && one.Id == delivery.FunctionId
            select new FunctionToRun(one.ApplicationId, one.Id, one.Name, one.Type, version.Number, version.Script, one.FailsOpen))
            .FirstAsync(cancellationToken);
        delivery.Claim(now, runner.LeaseOf(function.Type));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Claimed(delivery, function);
    }

    public async Task DeliverAsync(Claimed claimed, CancellationToken cancellationToken)
    {
        var args = claimed.Delivery.Args ?? await SerializeEventAsync(claimed, cancellationToken);
        if (args is null)
        {
            await UpdateDeliveryAsync(claimed, (db, delivery) => db.FunctionDeliveries.Remove(delivery));
            return;
        }

        FunctionOutcome outcome;
        try
        {
            outcome = await runner.RunAsync(claimed.Function, args, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The server stops; after a restart, or on another server, the delivery is due at once.
            await UpdateDeliveryAsync(claimed, (_, delivery) => delivery.Postpone(clock.UtcNow()));
            throw;
        }

        await UpdateDeliveryAsync(claimed, (db, delivery) => RecordOutcome(db, delivery, outcome));
        if (!outcome.Succeeded)
        {
            log.LogInformation(
                "Function {Function} of application {Application} failed to process an event, attempt {Attempt}: {Kind}",
                claimed.Function.FunctionId, claimed.Function.ApplicationId, claimed.Delivery.Attempts, outcome.Error!.Kind);
        }
    }

    private void RecordOutcome(ChatDbContext db, FunctionDelivery delivery, FunctionOutcome outcome)
    {
        var now = clock.UtcNow();
        switch (outcome.Error?.Kind)
        {
            case null:
                db.FunctionDeliveries.Remove(delivery);
                break;
            case FunctionErrorKind.Busy:
                delivery.Postpone(now + limits.Value.BackOff);
                break;
            case FunctionErrorKind.NotLoadable:
                delivery.MoveToDeadLetter(outcome.Failure()!, now);
                break;
            case not null when delivery.Attempts >= limits.Value.Tries:
                delivery.MoveToDeadLetter(outcome.Failure()!, now);
                break;
            default:
                var wait = limits.Value.BackOff * Math.Pow(2, Math.Min(delivery.Attempts - 1, 20));
                delivery.Retry(outcome.Failure()!, now + (wait < MaxBackOff ? wait : MaxBackOff));
                break;
        }
    }

    /// <summary>Stores the event, so that every attempt gets the same; null when its content no longer exists.</summary>
    private async Task<string?> SerializeEventAsync(Claimed claimed, CancellationToken cancellationToken)
    {
        if (await runner.SerializeEventAsync(claimed.Function, claimed.Delivery, cancellationToken) is not { } args)
        {
            return null;
        }

        await UpdateDeliveryAsync(claimed, (_, delivery) => delivery.SetArgs(args));
        return args;
    }

    /// <summary>No effect if another server took the delivery over or it was deleted with its function.</summary>
    private async Task UpdateDeliveryAsync(Claimed claimed, Action<ChatDbContext, FunctionDelivery> change)
    {
        await using var scope = ScopeOf(claimed);
        var db = scope.ServiceProvider.GetRequiredService<ChatDbContext>();
        await db.InTransactionAsync(
            async () =>
            {
                await db.LockAsync<FunctionDelivery>([claimed.Delivery.Id], CancellationToken.None);
                var delivery = await db.FunctionDeliveries.FirstOrDefaultAsync(
                    one => one.Id == claimed.Delivery.Id && one.State == DeliveryState.Running
                        && one.Attempts == claimed.Delivery.Attempts);
                if (delivery is not null)
                {
                    change(db, delivery);
                    await db.SaveChangesAsync();
                }

                return Done.Success;
            },
            CancellationToken.None);
    }

    private AsyncServiceScope ScopeOf(Claimed claimed)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(claimed.Function.ApplicationId);
        return scope;
    }

    internal sealed record Claimed(FunctionDelivery Delivery, FunctionToRun Function);
}
