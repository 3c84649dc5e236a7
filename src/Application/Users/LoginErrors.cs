using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Users;

public static class LoginErrors
{
    /// <summary>Unknown name or wrong password: the same words for both.</summary>
    public static readonly Error Refused = new UnauthenticatedError("login.refused", "Unauthorized");

    /// <summary>The password alone is wrong. Whether a caller hears that there is such a user is for the configuration to say.</summary>
    public static readonly Error WrongPassword = new UnauthenticatedError("login.wrong_password", "Incorrect password");

    public static Error Blocked(TimeSpan wait) =>
        new TooManyError("login.blocked", "Too many wrong passwords; the account is blocked for a while.", wait);
}
