using Microsoft.AspNetCore.Identity;

namespace ChatPlatform.Testing;

internal static class Secrets
{
    private static readonly object NoUser = new();

    public static string Hash(string secret) => new PasswordHasher<object>().HashPassword(NoUser, secret);
}
