using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Jobs;

/// <summary>
/// Works the jobs of all applications off, some at a time. Any number of servers do so on one database. A server that stops in order
/// gives its jobs back; one that dies loses them when their lease runs out.
/// </summary>
internal sealed class JobWorker(
    JobQueue queue, JobExecution execution, JobSignal signal, IOptions<JobOptions> options, TimeProvider clock, ILogger<JobWorker> log)
    : BackgroundService
{
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
        try
        {
            if (await queue.ClaimAsync([.. _running.Select(job => job.Claim)], stoppingToken) is not { } claim)
            {
                return false;
            }

            _running.Add((claim, RunAsync(claim, stoppingToken)));
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            log.LogWarning(exception, "Jobs cannot be claimed just now");
            return false;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
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
            log.LogError(exception, "Job {Job} could not be given back; it is taken up again", claim.JobId);
        }

        log.LogInformation("Job {Job} left after {Milliseconds:F0} ms", claim.JobId, clock.GetElapsedTime(start).TotalMilliseconds);
        signal.Wake();
    }
}
