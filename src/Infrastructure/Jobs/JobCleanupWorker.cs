using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.Jobs;

/// <summary>Runs the cleanup at the start and once an hour.</summary>
internal sealed class JobCleanupWorker(JobFileCleanup cleanup, TimeProvider clock, ILogger<JobCleanupWorker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        do
        {
            try
            {
                await cleanup.RunAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogWarning(exception, "Could not clean up after ended jobs");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
