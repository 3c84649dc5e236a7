using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Infrastructure.Secrets;

/// <summary>Checks that this server can decrypt every secret, and rotates the key.</summary>
public sealed class SecretKeys(IDbContextFactory<ChatDbContext> contexts, KeyRing keys, TimeProvider clock)
{
    private const long Lock = 0x5EC2E7;

    /// <summary>Encrypts all data keys with the current key. Servers do it one after the other.</summary>
    /// <exception cref="SecretKeyException">A required key is not configured; nothing was changed.</exception>
    public async Task RotateAsync(CancellationToken cancellationToken)
    {
        var current = keys.CurrentId;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Lock})", cancellationToken);
        var stale = await db.DataKeys.IgnoreQueryFilters().Where(key => key.WrappedBy != current).ToListAsync(cancellationToken);
        if (stale.Select(key => key.WrappedBy).Except(keys.Ids).Distinct().ToList() is { Count: > 0 } missing)
        {
            throw new SecretKeyException(
                $"""
                The secrets of the database require a key that is not configured: {string.Join(", ", missing)}.
                Configured keys: {string.Join(", ", keys.Ids)}.
                Set the required key as Secrets:Key, or add it to Secrets:PreviousKeys to change to the new key.
                If the key was never configured, it is secretKey in the credentials.json of the server that created the database.
                """);
        }

        stale.ForEach(key => key.Rewrap(keys));

        // A previous key and an old copy of the database must not decrypt later values.
        db.DataKeys.AddRange(stale.Select(key => key.ApplicationId).Distinct().Select(id => DataKey.Create(id, keys, clock.UtcNow())));
        await EnsureDataKeyAsync(db, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>With a data key in the database, a server that starts with another key fails.</summary>
    private async Task EnsureDataKeyAsync(ChatDbContext db, CancellationToken cancellationToken)
    {
        if (!await db.DataKeys.IgnoreQueryFilters().AnyAsync(cancellationToken)
            && await db.Applications.OrderBy(application => application.Id).FirstOrDefaultAsync(cancellationToken) is { } first)
        {
            db.DataKeys.Add(DataKey.Create(first.Id, keys, clock.UtcNow()));
        }
    }
}
