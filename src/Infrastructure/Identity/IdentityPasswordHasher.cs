using ChatPlatform.Application.Common;
using Microsoft.AspNetCore.Identity;

namespace ChatPlatform.Infrastructure.Identity;

/// <summary>ASP.NET Core Identity's hasher (PBKDF2, salted).</summary>
internal sealed class IdentityPasswordHasher : IPasswordHasher
{
    private static readonly object NoUser = new();

    private readonly PasswordHasher<object> _hasher = new();

    public string Hash(string password) => _hasher.HashPassword(NoUser, password);

    public bool Verify(string hash, string password) =>
        _hasher.VerifyHashedPassword(NoUser, hash, password) is not PasswordVerificationResult.Failed;
}
