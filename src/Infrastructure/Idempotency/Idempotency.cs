using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Applications;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Infrastructure.Idempotency;

internal sealed class Idempotency(ChatDbContext db, TimeProvider clock) : IIdempotency
{
    private byte[] _keyHash = [];
    private byte[] _bodyHash = [];

    public IdempotentResponse? FirstResponse { get; private set; }

    public async Task<Result<IdempotentResponse?>> BeginAsync(byte[] keyHash, byte[] bodyHash, CancellationToken cancellationToken)
    {
        (_keyHash, _bodyHash) = (keyHash, bodyHash);
        var now = clock.UtcNow();
        await db.Database.BeginTransactionAsync(cancellationToken);
        await CurrentRow.Where(a => a.CreatedTime <= now - IdempotentResponse.Lifetime).ExecuteDeleteAsync(cancellationToken);

        // Waits until a concurrent holder of the key commits or rolls back.
        var reserved = await db.Database.ExecuteSqlAsync(
            $"""
            insert into idempotent_responses (application_id, key_hash, body_hash, created_time, status, content)
            values ({db.ApplicationId}, {keyHash}, {bodyHash}, {now}, 0, ''::bytea)
            on conflict do nothing
            """,
            cancellationToken);
        if (reserved == 1)
        {
            return (IdempotentResponse?)null;
        }

        var first = await CurrentRow.AsNoTracking().SingleAsync(cancellationToken);
        await RollbackAsync();
        return first.BodyHash.AsSpan().SequenceEqual(bodyHash) ? first : CommonErrors.KeyReused;
    }

    public async Task<Result<T>> SuspendAsync<T>(Func<Task<Result<T>>> work, CancellationToken cancellationToken)
    {
        var wasOpen = db.Database.CurrentTransaction is not null;
        await RollbackAsync();
        db.ChangeTracker.Clear();
        var done = await work();
        if (!wasOpen || !done.IsSuccess)
        {
            return done;
        }

        var again = await BeginAsync(_keyHash, _bodyHash, cancellationToken);
        FirstResponse = again.IsSuccess ? again.Value : null;
        return again.Error ?? (FirstResponse is null ? done : CommonErrors.Busy);
    }

    public async Task CommitAsync(int status, string? contentType, string? location, byte[] content, CancellationToken cancellationToken)
    {
        await CurrentRow.ExecuteUpdateAsync(
            row => row.SetProperty(a => a.Status, status)
                .SetProperty(a => a.ContentType, contentType)
                .SetProperty(a => a.Location, location)
                .SetProperty(a => a.Content, content),
            cancellationToken);
        await db.Database.CommitTransactionAsync(cancellationToken);
    }

    public async Task RollbackAsync()
    {
        if (db.Database.CurrentTransaction is not null)
        {
            await db.Database.RollbackTransactionAsync(CancellationToken.None);
        }
    }

    private IQueryable<IdempotentResponse> CurrentRow => db.Set<IdempotentResponse>().Where(a => a.KeyHash == _keyHash);
}
