using ChatPlatform.Domain.Jobs;
using NUnit.Framework;

namespace ChatPlatform.Domain.UnitTests.Jobs;

internal sealed class JobTests
{
    private static readonly DateTime Now = new(2026, 6, 15, 12, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    [Test]
    public void A_claim_is_a_lease()
    {
        var job = Claimed();

        Assert.That((job.State, job.Worker, job.LeaseUntil, job.StartedTime, job.Attempts, job.Failures),
            Is.EqualTo((JobState.Running, "a", Now + Lease, Now, 1, 0)));
    }

    [Test]
    public void Takeover_counts_as_a_failure()
    {
        var job = Claimed();

        job.Claim("b", Now.AddMinutes(1), Lease);

        Assert.That((job.Worker, job.StartedTime, job.Attempts, job.Failures), Is.EqualTo(("b", Now, 2, 1)));
    }

    [Test]
    public void Progress_resets_failures()
    {
        var job = Claimed();
        job.Claim("b", Now, Lease);

        job.Advance(processed: 10, succeeded: 5, skipped: 3, failed: 1, bytesRead: 100);
        job.Advance(processed: 0, succeeded: 1, skipped: 0, failed: 0, bytesRead: 50);

        Assert.That(
            (job.Processed, job.Succeeded, job.Skipped, job.Failed, job.BytesRead, job.Failures), Is.EqualTo((10, 6, 3, 1, 100, 0)));
    }

    [Test]
    public void Requeued_job_waits_for_any_worker()
    {
        var job = Claimed();

        job.Requeue(Now.AddSeconds(3));

        Assert.That((job.State, job.Worker, job.LeaseUntil, job.NotBefore, job.Failures),
            Is.EqualTo((JobState.Pending, (string?)null, (DateTime?)null, Now.AddSeconds(3), 0)));
    }

    [Test]
    public void Finished_job_has_a_total_and_no_error()
    {
        var job = Claimed();
        job.Retry("broke", Now);
        job.Claim("a", Now, Lease);
        job.Advance(7, 7, 0, 0, 70);

        job.Finish(Now.AddSeconds(9));

        Assert.That((job.State, job.Total, job.Error, job.EndedTime, job.Worker),
            Is.EqualTo((JobState.Finished, 7L, (string?)null, Now.AddSeconds(9), (string?)null)));
    }

    [Test]
    public void Only_unfinished_jobs_can_be_cancelled()
    {
        var waiting = Pending();
        var running = Claimed();
        var finished = Claimed();
        finished.Finish(Now);

        Assert.That(waiting.Cancel(Now).IsSuccess && running.Cancel(Now).IsSuccess && running.Cancel(Now).IsSuccess);
        Assert.That((waiting.State, running.State, running.EndedTime), Is.EqualTo((JobState.Cancelled, JobState.Cancelled, Now)));
        Assert.That((finished.Cancel(Now).Error, finished.State), Is.EqualTo((JobErrors.Ended, JobState.Finished)));
    }

    [Test]
    public void Only_a_running_job_can_advance_or_end()
    {
        var cancelled = Claimed();
        cancelled.Cancel(Now);
        foreach (var job in new[] { Pending(), cancelled })
        {
            Assert.That(() => job.Advance(1, 1, 0, 0, 1), Throws.InvalidOperationException);
            Assert.That(() => job.Finish(Now), Throws.InvalidOperationException);
            Assert.That(() => job.Fail("no", Now), Throws.InvalidOperationException);
            Assert.That(() => job.Retry("no", Now), Throws.InvalidOperationException);
            Assert.That(() => job.Requeue(Now), Throws.InvalidOperationException);
            Assert.That(job.ResetProgress, Throws.InvalidOperationException);
        }

        Assert.That(() => cancelled.Claim("b", Now, Lease), Throws.InvalidOperationException);
    }

    private static Job Pending() => Job.Create(1, JobType.UserImport, Now);

    private static Job Claimed()
    {
        var job = Pending();
        job.Claim("a", Now, Lease);
        return job;
    }
}
