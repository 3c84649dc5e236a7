using ChatPlatform.Application.Common;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Jobs;

/// <summary>A worker's hold on a job: this claim, not an earlier or later one of the same worker.</summary>
internal sealed record JobClaim(long ApplicationId, long JobId, int Attempt);

/// <summary>
/// Takes jobs for this process and gives them back. Two never hold one: a job is claimed under a row lock, and its state, worker and
/// attempt are concurrency tokens, so whatever a worker stores that has lost its claim is refused by the database.
/// </summary>
internal sealed class JobQueue(
    IServiceScopeFactory scopes, IDbContextFactory<ChatDbContext> contexts, IOptions<JobOptions> options, TimeProvider clock)
{
    private static readonly int[] SerialTypes = [.. ImportTypes.All.Select(type => (int)type)];

    /// <summary>Names this process among all that there ever were, so that it knows its own jobs and no predecessor's.</summary>
    public string Worker { get; } = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <summary>
    /// Claims the job that waits longest, of any application, or that a silent worker left behind. An import waits for the older
    /// imports of its application: messages are sent after their users.
    /// </summary>
    /// <param name="held">The jobs that this process works on; others in its name are left over from a claim that broke.</param>
    public async Task<JobClaim?> ClaimAsync(IReadOnlyCollection<JobClaim> held, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = clock.UtcNow();
        var ids = held.Select(claim => claim.JobId).ToArray();
        var found = await db.Jobs.FromSql(
            $"""
            select j.* from jobs j
            where (j.state = 0 and j.not_before <= {now}
                or j.state = 1 and (j.lease_until < {now} or j.worker = {Worker}) and j.id <> all ({ids}))
              and not (j.type = any ({SerialTypes}) and exists (
                select 1 from jobs o
                where o.application_id = j.application_id and o.state in (0, 1) and o.type = any ({SerialTypes}) and o.id < j.id))
            order by j.not_before, j.id
            limit 1
            for update of j skip locked
            """).IgnoreQueryFilters().ToListAsync(cancellationToken);
        if (found.Count == 0)
        {
            return null;
        }

        var job = found[0];
        job.Claim(Worker, now, options.Value.Lease);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new JobClaim(job.ApplicationId, job.Id, job.Attempts);
    }

    /// <summary>Whether the claim still stands; if so, for another lease.</summary>
    public async Task<bool> RenewAsync(JobClaim claim, CancellationToken cancellationToken)
    {
        await using var scope = ScopeOf(claim);
        var until = clock.UtcNow() + options.Value.Lease;
        return await Held(scope, claim)
            .ExecuteUpdateAsync(job => job.SetProperty(j => j.LeaseUntil, until), cancellationToken) == 1;
    }

    /// <summary>Ends or gives back a job, unless the claim was lost.</summary>
    public async Task ReleaseAsync(JobClaim claim, Action<Job> release, CancellationToken cancellationToken)
    {
        await using var scope = ScopeOf(claim);
        if (await Held(scope, claim).FirstOrDefaultAsync(cancellationToken) is not { } job)
        {
            return;
        }

        release(job);
        try
        {
            await scope.ServiceProvider.GetRequiredService<ChatDbContext>().SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Cancelled or taken over between the look and the write: whoever did that has decided.
        }
    }

    /// <summary>A scope that works for the job's application.</summary>
    public AsyncServiceScope ScopeOf(JobClaim claim)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(claim.ApplicationId);
        return scope;
    }

    /// <summary>The job, if the claim still stands.</summary>
    public IQueryable<Job> Held(AsyncServiceScope scope, JobClaim claim) => scope.ServiceProvider.GetRequiredService<ChatDbContext>().Jobs
        .Where(job => job.Id == claim.JobId && job.State == JobState.Running && job.Worker == Worker && job.Attempts == claim.Attempt);
}
