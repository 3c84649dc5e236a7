using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Jobs;

/// <summary>Runs a claimed job once, renewing its lease meanwhile, and stores the outcome.</summary>
internal sealed class JobExecution(JobQueue queue, IOptions<JobOptions> options, TimeProvider clock, ILogger<JobExecution> log)
{
    private static readonly TimeSpan MaxBackOff = TimeSpan.FromMinutes(1);

    public async Task RunAsync(JobClaim claim, CancellationToken stoppingToken)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        using var done = new CancellationTokenSource();
        var renewal = RenewAsync(claim, lost, done.Token);
        var release = await TryAsync(claim, lost.Token);
        await done.CancelAsync();
        await renewal;
        if (release is not null)
        {
            await queue.ReleaseAsync(claim, release, CancellationToken.None);
        }
    }

    /// <returns>How to release the job; null when the claim was lost.</returns>
    private async Task<Action<Job>?> TryAsync(JobClaim claim, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = queue.ScopeOf(claim);
            if (await queue.Held(scope, claim).FirstOrDefaultAsync(cancellationToken) is not { } job)
            {
                return null;
            }

            if (job.Failures >= options.Value.MaxFailures)
            {
                return held => held.Fail(held.Error ?? "The server stopped repeatedly while running this job.", clock.UtcNow());
            }

            var runner = scope.ServiceProvider.GetServices<IJobRunner>().Single(runner => runner.Handles(job.Type));
            log.LogInformation(
                "Job {Job} of application {Application}: {Type}, try {Attempt}", job.Id, job.ApplicationId, job.Type, job.Attempts);
            var result = await runner.RunAsync(job, cancellationToken);
            return result.Error switch
            {
                null => held => held.Finish(clock.UtcNow()),
                JobPostponed postponed => held => held.Postpone(postponed.Message, clock.UtcNow() + postponed.Delay),
                var error => held => held.Fail(error.Message, clock.UtcNow()),
            };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return held => held.Requeue(clock.UtcNow());
        }
        catch (DbUpdateConcurrencyException)
        {
            log.LogInformation("Job {Job} was cancelled or taken over", claim.JobId);
            return null;
        }
        catch (Exception exception)
        {
            log.LogError(exception, "Job {Job} failed unexpectedly", claim.JobId);
            return RecordFailure;
        }
    }

    private void RecordFailure(Job job)
    {
        const string reason = "An internal error occurred; see the server's log.";
        if (job.Failures + 1 >= options.Value.MaxFailures)
        {
            job.Fail(reason, clock.UtcNow());
            return;
        }

        var delay = options.Value.BackOff * Math.Pow(2, Math.Min(job.Failures, 10));
        job.Retry(reason, clock.UtcNow() + (delay < MaxBackOff ? delay : MaxBackOff));
    }

    /// <summary>Renews the lease until the run is over; cancels the run when the claim was lost.</summary>
    private async Task RenewAsync(JobClaim claim, CancellationTokenSource lost, CancellationToken done)
    {
        using var timer = new PeriodicTimer(options.Value.Lease / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                if (!await TryRenewAsync(claim, done))
                {
                    await lost.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task<bool> TryRenewAsync(JobClaim claim, CancellationToken done)
    {
        try
        {
            return await queue.RenewAsync(claim, done);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The database may return before the lease ends; if not, the next write is rejected.
            log.LogWarning(exception, "Could not renew the lease of job {Job}", claim.JobId);
            return true;
        }
    }
}
