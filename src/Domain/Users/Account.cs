using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Users;

/// <summary>What lets a user log in with a password, and the roles that decide what they may do then.</summary>
public sealed class Account : ITenantOwned
{
    public const string AdminRole = "admin";
    public const string UserRole = "user";

    /// <summary>Wrong passwords in a row before the account is blocked for <see cref="BlockTime"/>.</summary>
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

    /// <summary>Counts a wrong password; the tenth in a row blocks the account for five minutes and starts the count anew.</summary>
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

/// <summary>A user's login. Only the hash of its token is kept.</summary>
public sealed class LoginToken
{
    private LoginToken() { }

    /// <summary>SHA-256 of the token.</summary>
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

/// <summary>Which roles hold a permission in an application; without a row only <see cref="Account.AdminRole"/> does.</summary>
public sealed class Permission : ITenantOwned
{
    /// <summary>Of a name, of a permission as of a role.</summary>
    public const int MaxName = 64;

    /// <summary>To remove PUBLIC channels that others made.</summary>
    public const string DeleteChannels = "delete-c";

    /// <summary>To remove messages that others sent.</summary>
    public const string DeleteMessages = "delete-message";

    private Permission() { }

    public long ApplicationId { get; private set; }

    public string Name { get; private set; } = null!;

    public string[] Roles { get; private set; } = [];

    public static Permission Create(long applicationId, string name, IEnumerable<string> roles) =>
        new() { ApplicationId = applicationId, Name = name, Roles = [.. roles] };

    public void GrantTo(IEnumerable<string> roles) => Roles = [.. roles];
}
