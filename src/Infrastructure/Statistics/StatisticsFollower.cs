using ChatPlatform.Infrastructure.Events;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>Keeps the tail and the log short, so that reads have little to add. They are exact without it, too.</summary>
internal sealed class StatisticsFollower(
    StatisticsFold fold,
    RollupGrowth growth,
    EventLog events,
    IOptions<StatisticsOptions> options,
    TimeProvider clock,
    ILogger<StatisticsFollower> log) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenTrims = TimeSpan.FromMinutes(5);

    private long _lastTrim = clock.GetTimestamp();

    /// <summary>Before the server listens: until the log is this cluster's own, reads cannot tell what is folded.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (await events.AdoptAsync(cancellationToken))
        {
            log.LogInformation("The event log was restored from another database server; its transaction numbers were made old");
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = options.Value.Pause;
            try
            {
                await TendAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
            {
                log.LogWarning(failure, "The statistics could not be folded; trying again in {Pause}", AfterFailure);
                pause = AfterFailure;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TendAsync(CancellationToken cancellationToken)
    {
        await fold.FoldAsync(cancellationToken);
        await fold.FoldSessionsAsync(cancellationToken);
        await growth.GrowAsync(cancellationToken);
        if (clock.GetElapsedTime(_lastTrim) > BetweenTrims)
        {
            await events.TrimEphemeralAsync(cancellationToken);
            await events.TrimAsync(options.Value.EventRetention, cancellationToken);
            _lastTrim = clock.GetTimestamp();
        }
    }
}
