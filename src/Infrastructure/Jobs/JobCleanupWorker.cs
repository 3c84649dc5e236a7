using ChatPlatform.Infrastructure.Workers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.Jobs;

/// <summary>Runs the cleanup at the start and once an hour.</summary>
internal sealed class JobCleanupWorker(JobFileCleanup cleanup, TimeProvider clock, ILogger<JobCleanupWorker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var retries = new WorkerRetries("Could not clean up after ended jobs", clock, log);
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        do
        {
            await retries.RunAsync(cleanup.RunAsync, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
