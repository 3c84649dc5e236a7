using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ChatPlatform.Infrastructure.Statistics;

/// <summary>Keeps the tail short, so that reads have little to add. They are exact without it, too.</summary>
internal sealed class StatisticsFollower(StatisticsFold fold, RollupGrowth growth, TimeProvider clock, ILogger<StatisticsFollower> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Pause;
            try
            {
                await fold.FoldAsync(stoppingToken);
                await fold.FoldSessionsAsync(stoppingToken);
                await growth.GrowAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is NpgsqlException or TimeoutException)
            {
                log.LogWarning(failure, "The statistics could not be folded; trying again in {Pause}", LongPause);
                pause = LongPause;
            }

            try
            {
                await Task.Delay(pause, clock, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
