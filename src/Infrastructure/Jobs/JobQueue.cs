using ChatPlatform.Application.Common;
using ChatPlatform.Application.Jobs;
using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Jobs;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Jobs;

/// <summary>One claim of a job; a later claim by the same worker has another attempt.</summary>
internal sealed record JobClaim(long ApplicationId, long JobId, int Attempt);

/// <summary>
/// Claims jobs for this process and releases them. Two workers never hold one job: it is claimed under a row lock, and its state,
/// worker and attempt are concurrency tokens, so the database rejects writes of a worker that lost its claim.
/// </summary>
internal sealed class JobQueue(
    IServiceScopeFactory scopes, IDbContextFactory<ChatDbContext> contexts, IOptions<JobOptions> options, TimeProvider clock)
{
    private static readonly int[] SerialTypes = [.. ImportTypes.All.Select(type => (int)type)];

    /// <summary>Unique for each process, so that it never takes a predecessor's jobs for its own.</summary>
    public string Worker { get; } = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():N}";

    /// <summary>
    /// Claims the job that waits longest, of any application, or one whose lease expired. An import waits for older imports of its
    /// application, because messages refer to users imported before.
    /// </summary>
    /// <param name="held">Jobs that this process runs now; any other in its name is left over from a failed claim.</param>
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

    /// <summary>Extends the lease.</summary>
    /// <returns>False when the claim was lost.</returns>
    public async Task<bool> RenewAsync(JobClaim claim, CancellationToken cancellationToken)
    {
        await using var scope = ScopeOf(claim);
        var until = clock.UtcNow() + options.Value.Lease;
        return await Held(scope, claim)
            .ExecuteUpdateAsync(job => job.SetProperty(j => j.LeaseUntil, until), cancellationToken) == 1;
    }

    /// <summary>Ends or requeues a job; no effect when the claim was lost.</summary>
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
            // Cancelled or taken over since it was read: that change wins.
        }
    }

    /// <summary>A scope of the job's application.</summary>
    public AsyncServiceScope ScopeOf(JobClaim claim)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentApplication>().Use(claim.ApplicationId);
        return scope;
    }

    /// <summary>The job, unless the claim was lost.</summary>
    public IQueryable<Job> Held(AsyncServiceScope scope, JobClaim claim) => scope.ServiceProvider.GetRequiredService<ChatDbContext>().Jobs
        .Where(job => job.Id == claim.JobId && job.State == JobState.Running && job.Worker == Worker && job.Attempts == claim.Attempt);
}
