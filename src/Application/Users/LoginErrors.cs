using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Users;

public static class LoginErrors
{
    /// <summary>The same text for an unknown name and a wrong password.</summary>
    public static readonly Error Refused = new UnauthenticatedError("login.refused", "Unauthorized");

    /// <summary>The configuration decides whether callers see this or <see cref="Refused"/>.</summary>
    public static readonly Error WrongPassword = new UnauthenticatedError("login.wrong_password", "Incorrect password");

    public static Error Blocked(TimeSpan wait) =>
        new TooManyError("login.blocked", "Too many wrong passwords; the account is temporarily blocked.", wait);
}
