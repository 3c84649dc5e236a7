using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Users;

internal sealed record UserAndSecret(User User, bool Online, UserSecret? Secret);

internal static class SecretLookup
{
    /// <returns>Null if there is no such user.</returns>
    public static Task<UserAndSecret?> WithSecretAsync(
        this IQueryable<User> users, IChatDbContext db, long userId, string name, CancellationToken cancellationToken) =>
        users.ByReference(new UserReference(userId))
            .Select(user => new UserAndSecret(
                user,
                user.Sessions.Any(session => session.EndTime == null),
                db.UserSecrets.FirstOrDefault(secret => secret.UserId == user.Id && secret.Name == name)))
            .FirstOrDefaultAsync(cancellationToken);
}
