using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.UnitTests;

/// <summary>Users and channels without a database, with ids as if it had assigned them.</summary>
internal static class TestUsers
{
    public static readonly DateTime Now = new(2026, 6, 15, 12, 0, 0, DateTimeKind.Utc);

    public static User User(long id, bool isGuest = false)
    {
        var user = Domain.Users.User.Create(1, $"user-{id}", $"User {id}", isGuest, null, Now);
        typeof(User).GetProperty(nameof(Domain.Users.User.Id))!.SetValue(user, id);
        return user;
    }

    public static Channel Group(ChannelType type, User? creator = null) =>
        Channel.CreateGroup(1, type, "name", null, creator, null, Now);
}
