using System.Globalization;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Users;

/// <summary>An encrypted value that the application stores for a user.</summary>
public sealed class UserSecret : ITenantOwned
{
    private UserSecret() { }

    public long ApplicationId { get; private set; }

    public long UserId { get; private set; }

    public string Name { get; private set; } = null!;

    /// <summary>Encrypted for <see cref="ContextOf"/>.</summary>
    public byte[] Value { get; private set; } = [];

    public DateTime ChangedTime { get; private set; }

    public static UserSecret Create(User user, string name, byte[] value, DateTime now) => new()
    {
        ApplicationId = user.ApplicationId,
        UserId = user.Id,
        Name = name,
        Value = value,
        ChangedTime = now,
    };

    /// <summary>The encryption context that the value is bound to.</summary>
    public static string ContextOf(long userId, string name) => string.Create(CultureInfo.InvariantCulture, $"user/{userId}/{name}");

    public void Replace(byte[] value, DateTime now) => (Value, ChangedTime) = (value, now);
}
