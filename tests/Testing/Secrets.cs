using Microsoft.AspNetCore.Identity;

namespace ChatPlatform.Testing;

/// <summary>Passwords in the form that the server keeps.</summary>
internal static class Secrets
{
    private static readonly object NoUser = new();

    public static string Hash(string secret) => new PasswordHasher<object>().HashPassword(NoUser, secret);
}
