using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Infrastructure.Secrets;

/// <summary>Makes sure that this server can open every secret, and changes to another key.</summary>
public sealed class SecretKeys(IDbContextFactory<ChatDbContext> contexts, KeyRing keys, TimeProvider clock)
{
    private const long Lock = 0x5EC2E7;

    /// <summary>
    /// Encrypts the data keys of all applications with the configured key, where a former one did. One server after the other.
    /// </summary>
    /// <exception cref="SecretKeyException">A key that is needed is not configured; nothing was changed.</exception>
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
                The database holds secrets that only another key opens ({string.Join(", ", missing)}); this server has {string.Join(", ", keys.Ids)}.
                Give the key as Secrets:Key, or under Secrets:PreviousKeys to change to the new one. Where none was configured, the server that made
                the database keeps it as secretKey in its credentials.json.
                """);
        }

        stale.ForEach(key => key.Rewrap(keys));

        // What is written from now on shall not be open to who knows the former key and a former copy of the database.
        db.DataKeys.AddRange(stale.Select(key => key.ApplicationId).Distinct().Select(id => DataKey.Create(id, keys, clock.UtcNow())));
        await EnsureDataKeyAsync(db, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>With one data key in the database every server that starts with another key is found out.</summary>
    private async Task EnsureDataKeyAsync(ChatDbContext db, CancellationToken cancellationToken)
    {
        if (!await db.DataKeys.IgnoreQueryFilters().AnyAsync(cancellationToken)
            && await db.Applications.OrderBy(application => application.Id).FirstOrDefaultAsync(cancellationToken) is { } first)
        {
            db.DataKeys.Add(DataKey.Create(first.Id, keys, clock.UtcNow()));
        }
    }
}
