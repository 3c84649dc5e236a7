using ChatPlatform.Infrastructure.Events;
using ChatPlatform.Infrastructure.Workers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>Folds and compacts the statistics and trims the log. Only the speed of reports depends on it, not their correctness.</summary>
internal sealed class StatisticsFollower(
    StatisticsFold fold,
    StatisticsCompaction compaction,
    EventLog events,
    IOptions<StatisticsOptions> options,
    TimeProvider clock,
    ILogger<StatisticsFollower> log) : BackgroundService
{
    private static readonly TimeSpan BetweenTrims = TimeSpan.FromMinutes(5);

    private readonly WorkerRetries _retries = new("Folding the statistics failed", clock, log);
    private long _lastTrim = clock.GetTimestamp();

    /// <summary>Adopts the log before the server listens: until then reports cannot distinguish folded from unfolded events.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await events.AdoptAsync(cancellationToken))
        {
            log.LogInformation("The event log comes from another database server; replaced its transaction numbers");
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _retries.RunAsync(RunOnceAsync, stoppingToken);
            await Task.Delay(options.Value.Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await fold.FoldAsync(cancellationToken);
        await fold.FoldSessionsAsync(cancellationToken);
        await compaction.CompactAsync(cancellationToken);
        if (clock.GetElapsedTime(_lastTrim) > BetweenTrims)
        {
            await events.TrimEphemeralAsync(cancellationToken);
            await events.TrimAsync(options.Value.EventRetention, cancellationToken);
            _lastTrim = clock.GetTimestamp();
        }
    }
}
