using ChatPlatform.Infrastructure.Workers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.Files;

internal sealed class FileCleanupWorker(FileCleanup cleanup, TimeProvider clock, ILogger<FileCleanupWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var retries = new WorkerRetries("Released files could not be removed", clock, log);
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            await retries.RunAsync(cleanup.RunAsync, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
