using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.Jobs;

/// <summary>Sweeps when the server starts and once an hour.</summary>
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
                log.LogWarning(exception, "What ended jobs left behind could not be taken away");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
