using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatPlatform.Infrastructure.Files;

/// <summary>Sweeps every few seconds.</summary>
internal sealed class FileCleanupWorker(FileCleanup cleanup, TimeProvider clock, ILogger<FileCleanupWorker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            try
            {
                await cleanup.RunAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.LogWarning(exception, "Files that nobody needs could not be taken away; trying again in {Pause}", Pause);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
