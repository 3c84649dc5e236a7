using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Users;

public sealed class Account : ITenantOwned
{
    public const string AdminRole = "admin";
    public const string UserRole = "user";

    /// <summary>Consecutive wrong passwords before the account is blocked for <see cref="BlockTime"/>.</summary>
    public const int MaxFailures = 10;

    public static readonly TimeSpan BlockTime = TimeSpan.FromMinutes(5);

    private Account() { }

    public long ApplicationId { get; private set; }

    public long UserId { get; private set; }

    public User User { get; private set; } = null!;

    public string? Email { get; private set; }

    public string PasswordHash { get; private set; } = null!;

    public string[] Roles { get; private set; } = [];

    public int FailedLogins { get; private set; }

    public DateTime? BlockedUntil { get; private set; }

    public static Account Create(User user, string passwordHash, string? email, params string[] roles) => new()
    {
        ApplicationId = user.ApplicationId,
        User = user,
        PasswordHash = passwordHash,
        Email = email,
        Roles = roles,
    };

    public bool IsBlocked(DateTime now) => BlockedUntil > now;

    public void RecordFailedLogin(DateTime now)
    {
        FailedLogins++;
        if (FailedLogins >= MaxFailures)
        {
            BlockedUntil = now + BlockTime;
            FailedLogins = 0;
        }
    }

    public void RecordSuccessfulLogin()
    {
        FailedLogins = 0;
        BlockedUntil = null;
    }

    public void ChangePassword(string passwordHash) => PasswordHash = passwordHash;
}

public sealed class LoginToken
{
    private LoginToken() { }

    /// <summary>SHA-256 of the token; the token itself is not stored.</summary>
    public byte[] TokenHash { get; private set; } = [];

    public long ApplicationId { get; private set; }

    public long UserId { get; private set; }

    public DateTime ExpiresTime { get; private set; }

    public static LoginToken Issue(byte[] tokenHash, Account account, DateTime expires) => new()
    {
        TokenHash = tokenHash,
        ApplicationId = account.ApplicationId,
        UserId = account.UserId,
        ExpiresTime = expires,
    };
}

/// <summary>The roles that hold a permission; without a row only <see cref="Account.AdminRole"/> does.</summary>
public sealed class Permission : ITenantOwned
{
    /// <summary>Also of a role's name.</summary>
    public const int MaxName = 64;

    /// <summary>Delete PUBLIC channels of other users.</summary>
    public const string DeleteChannels = "delete-c";

    /// <summary>Delete messages of other users.</summary>
    public const string DeleteMessages = "delete-message";

    private Permission() { }

    public long ApplicationId { get; private set; }

    public string Name { get; private set; } = null!;

    public string[] Roles { get; private set; } = [];

    public static Permission Create(long applicationId, string name, IEnumerable<string> roles) =>
        new() { ApplicationId = applicationId, Name = name, Roles = [.. roles] };

    public void GrantTo(IEnumerable<string> roles) => Roles = [.. roles];
}
