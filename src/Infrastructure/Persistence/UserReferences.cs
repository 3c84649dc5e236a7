using ChatPlatform.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ChatPlatform.Infrastructure.Persistence;

/// <summary>
/// A transaction that stores rows holds the users they refer to until its commit, so that a deletion finds the rows, or they are
/// refused.
/// </summary>
internal static class UserReferences
{
    /// <summary>Row: how many of the users are present. $1 the application, $2 the users.</summary>
    public const string Hold =
        """
        SELECT count(*)
        FROM (
          SELECT FROM users WHERE application_id = $1 AND id = ANY ($2) AND deleted_time IS NULL ORDER BY id FOR KEY SHARE
        ) held
        """;

    /// <summary>The users that rows to be added refer to, without users to be added.</summary>
    public static long[] OfNewRows(ChangeTracker tracker)
    {
        HashSet<long>? users = null;
        List<long>? added = null;
        foreach (var entry in tracker.Entries().Where(entry => entry.State is EntityState.Added))
        {
            if (entry.Entity is User user)
            {
                (added ??= []).Add(user.Id);
            }

            foreach (var key in entry.Metadata.GetForeignKeys().Where(key => key.PrincipalEntityType.ClrType == typeof(User)))
            {
                if (entry.CurrentValues[key.Properties[^1]] is long id)
                {
                    (users ??= []).Add(id);
                }
            }
        }

        return users is null ? [] : [.. added is null ? users : users.Except(added)];
    }
}
