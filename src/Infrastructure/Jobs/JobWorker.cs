using ChatPlatform.Infrastructure.Workers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Jobs;

/// <summary>
/// Runs the jobs of all applications, several at a time. Any number of servers may share one database. A server that shuts down
/// requeues its jobs; those of a crashed server are taken over when their leases expire.
/// </summary>
internal sealed class JobWorker(
    JobQueue queue, JobExecution execution, JobSignal signal, IOptions<JobOptions> options, TimeProvider clock, ILogger<JobWorker> log)
    : BackgroundService
{
    private readonly WorkerRetries _retries = new("Could not claim jobs", clock, log);
    private readonly List<(JobClaim Claim, Task Work)> _running = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            _running.RemoveAll(job => job.Work.IsCompleted);
            if (_running.Count >= options.Value.Concurrency || !await StartNextAsync(stoppingToken))
            {
                await signal.WaitAsync(options.Value.Poll, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await Task.WhenAll(_running.Select(job => job.Work));
    }

    private async Task<bool> StartNextAsync(CancellationToken stoppingToken)
    {
        JobClaim? claim = null;
        await _retries.RunAsync(
            async token => claim = await queue.ClaimAsync([.. _running.Select(job => job.Claim)], token), stoppingToken);
        if (claim is null)
        {
            return false;
        }

        _running.Add((claim, RunAsync(claim, stoppingToken)));
        return true;
    }

    private async Task RunAsync(JobClaim claim, CancellationToken stoppingToken)
    {
        var start = clock.GetTimestamp();
        try
        {
            await execution.RunAsync(claim, stoppingToken);
        }
        catch (Exception exception)
        {
            log.LogError(exception, "Could not release job {Job}; it will be claimed again", claim.JobId);
        }

        log.LogInformation("Job {Job} ran for {Milliseconds:F0} ms", claim.JobId, clock.GetElapsedTime(start).TotalMilliseconds);
        signal.Wake();
    }
}
