using ChatPlatform.Application.Functions;
using ChatPlatform.Infrastructure.Workers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Functions.Delivery;

/// <summary>
/// Runs functions for events with limited concurrency, in total and for each application, so that slow functions do not delay others.
/// Several servers can work on one database.
/// </summary>
internal sealed class FunctionWorker(
    FunctionFollower follower, FunctionQueue queue, FunctionCleanup cleanup, IOptions<FunctionLimits> limits, ILogger<FunctionWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private readonly WorkerRetries _retries = new("Running functions for events failed", TimeProvider.System, log);
    private readonly List<(long ApplicationId, Task Work)> _running = [];

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await follower.RegisterAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(PollInterval);
        var tick = timer.WaitForNextTickAsync(stoppingToken).AsTask();
        while (!stoppingToken.IsCancellationRequested)
        {
            await _retries.RunAsync(RunOnceAsync, stoppingToken);

            // Uses a free slot at once.
            await Task.WhenAny([tick, .. _running.Select(one => one.Work)]);
            tick = tick.IsCompleted ? timer.WaitForNextTickAsync(stoppingToken).AsTask() : tick;
        }

        await Task.WhenAll(_running.Select(one => one.Work));
    }

    private async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        await follower.FollowAsync(stoppingToken);
        await StartDueAsync(stoppingToken);
        await cleanup.RunAsync(stoppingToken);
    }

    private async Task StartDueAsync(CancellationToken stoppingToken)
    {
        _running.RemoveAll(one => one.Work.IsCompleted);
        while (_running.Count < limits.Value.Concurrency)
        {
            var busy = _running.GroupBy(one => one.ApplicationId)
                .Where(group => group.Count() >= limits.Value.ConcurrencyOfOne).Select(group => group.Key).ToList();
            if (await queue.ClaimAsync(busy, stoppingToken) is not { } claimed)
            {
                return;
            }

            _running.Add((claimed.Function.ApplicationId, RunAsync(claimed, stoppingToken)));
        }
    }

    private async Task RunAsync(FunctionQueue.Claimed claimed, CancellationToken stoppingToken)
    {
        try
        {
            await queue.DeliverAsync(claimed, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            log.LogError(exception, "Delivery {Delivery} failed unexpectedly; it is retried", claimed.Delivery.Id);
        }
    }
}
