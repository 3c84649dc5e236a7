using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Jobs;

/// <summary>One try at a claimed job: runs it under a lease that is renewed, and stores how the try ended.</summary>
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

    /// <returns>How to leave the job; null when it is no longer ours.</returns>
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
                return held => held.Fail(held.Error ?? "The server stopped again and again while it worked on this.", clock.UtcNow());
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
            log.LogError(exception, "Job {Job} broke off", claim.JobId);
            return RecordBreakdown;
        }
    }

    private void RecordBreakdown(Job job)
    {
        const string reason = "Something went wrong on the server; its log says what.";
        if (job.Failures + 1 >= options.Value.MaxFailures)
        {
            job.Fail(reason, clock.UtcNow());
            return;
        }

        var wait = options.Value.BackOff * Math.Pow(2, Math.Min(job.Failures, 10));
        job.Retry(reason, clock.UtcNow() + (wait < MaxBackOff ? wait : MaxBackOff));
    }

    /// <summary>Renews the lease until the try is over; tells it to stop when the claim is lost.</summary>
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
            // The database may be back before the lease ends; if not, the next write is refused.
            log.LogWarning(exception, "The lease of job {Job} could not be renewed", claim.JobId);
            return true;
        }
    }
}
