using System.Collections.Concurrent;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Jobs;
using Microsoft.EntityFrameworkCore;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.Infrastructure.IntegrationTests.Jobs;

internal sealed class JobQueueTests : JobTest
{
    [Test]
    public async Task Many_workers_claim_each_job_once()
    {
        var jobs = new List<long>();
        for (var i = 0; i < 30; i++)
        {
            jobs.Add(await CreateJobAsync(i % 2 == 0 ? Riverside : Hillside));
        }

        var claimed = new ConcurrentBag<long>();
        await Parallel.ForAsync(0, 4, async (_, _) =>
        {
            var worker = AnotherWorker();
            for (var misses = 0; misses < 5;)
            {
                if (await ClaimAsync(worker, [.. claimed.Select(id => new Infrastructure.Jobs.JobClaim(0, id, 0))]) is { } claim)
                {
                    claimed.Add(claim.JobId);
                }
                else
                {
                    misses++;
                }
            }
        });

        Assert.That(claimed, Is.EquivalentTo(jobs));
    }

    [Test]
    public async Task An_import_waits_for_the_older_imports_of_its_application()
    {
        var users = await CreateJobAsync(Riverside, JobType.UserImport);
        await CreateJobAsync(Riverside, JobType.MessageImport);
        var foreign = await CreateJobAsync(Hillside, JobType.MessageImport);
        var export = await CreateJobAsync(Riverside, JobType.MessageAnalyticsExport);
        var (a, b) = (AnotherWorker(), AnotherWorker());

        var claims = new[]
        {
            await ClaimAsync(a), await ClaimAsync(b), await ClaimAsync(AnotherWorker()), await ClaimAsync(AnotherWorker()),
        };

        Assert.That(claims.Select(claim => claim?.JobId), Is.EquivalentTo(new long?[] { users, foreign, export, null }));
    }

    [Test]
    public async Task An_ended_import_lets_the_next_one_start()
    {
        var users = await CreateJobAsync(Riverside, JobType.UserImport);
        var messages = await CreateJobAsync(Riverside, JobType.MessageImport);
        var worker = AnotherWorker();
        await worker.ReleaseAsync((await ClaimAsync(worker))!, job => job.Fail("no", Clock.Now), CancellationToken.None);

        Assert.That((await ClaimAsync(worker))?.JobId, Is.EqualTo(messages));
        Assert.That((await ReadJobAsync(users)).State, Is.EqualTo(JobState.Failed));
    }

    [Test]
    public async Task A_job_with_an_expired_lease_is_taken_over_and_its_former_worker_cannot_write()
    {
        await CreateJobAsync(Riverside);
        var (dead, successor) = (AnotherWorker(), AnotherWorker());
        var lost = (await ClaimAsync(dead))!;
        await using var scope = dead.ScopeOf(lost);
        var stale = await dead.Held(scope, lost).SingleAsync();
        Assert.That(await ClaimAsync(successor), Is.Null);

        Clock.Advance(TimeSpan.FromSeconds(16));
        var claim = await ClaimAsync(successor);

        Assert.That(claim, Is.EqualTo(lost with { Attempt = 2 }));
        Assert.That(await dead.RenewAsync(lost, CancellationToken.None), Is.False);
        Assert.That(await successor.RenewAsync(claim!, CancellationToken.None), Is.True);
        stale.Advance(1, 1, 0, 0, 1);
        await using var db = ContextFor(Riverside);
        db.Update(stale);
        Assert.That(async () => await db.SaveChangesAsync(), Throws.InstanceOf<DbUpdateConcurrencyException>());
    }

    [Test]
    public async Task A_renewed_lease_keeps_the_job()
    {
        await CreateJobAsync(Riverside);
        var worker = AnotherWorker();
        var claim = (await ClaimAsync(worker))!;

        Clock.Advance(TimeSpan.FromSeconds(14));
        Assert.That(await worker.RenewAsync(claim, CancellationToken.None), Is.True);
        Clock.Advance(TimeSpan.FromSeconds(14));

        Assert.That(await ClaimAsync(AnotherWorker()), Is.Null);
    }

    [Test]
    public async Task A_worker_reclaims_at_once_a_job_it_holds_by_name_only()
    {
        var job = await CreateJobAsync(Riverside);
        var worker = AnotherWorker();
        var claim = (await ClaimAsync(worker))!;

        Assert.That(await ClaimAsync(worker, claim), Is.Null);
        Assert.That((await ClaimAsync(worker))?.JobId, Is.EqualTo(job));
    }

    [Test]
    public async Task A_cancelled_job_is_lost_to_its_worker()
    {
        var job = await CreateJobAsync(Riverside);
        var worker = AnotherWorker();
        var claim = (await ClaimAsync(worker))!;

        var cancelled = await SendAsync(Riverside, new CancelJob(job));
        await worker.ReleaseAsync(claim, held => held.Finish(Clock.Now), CancellationToken.None);

        Assert.That(cancelled.Value.State, Is.EqualTo(JobState.Cancelled));
        Assert.That(await worker.RenewAsync(claim, CancellationToken.None), Is.False);
        Assert.That((await ReadJobAsync(job)).State, Is.EqualTo(JobState.Cancelled));
        Assert.That((await SendAsync(Hillside, new CancelJob(job))).Error, Is.EqualTo(JobErrors.NotFound));
    }
}
