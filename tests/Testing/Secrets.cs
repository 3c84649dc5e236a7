using System.Security.Cryptography;
using System.Text;
using ChatPlatform.Domain.Applications;
using Microsoft.AspNetCore.Identity;

namespace ChatPlatform.Testing;

/// <summary>Secrets and keys in the forms that the server keeps.</summary>
internal static class Secrets
{
    public static string Hash(string secret) => new PasswordHasher<Client>().HashPassword(null!, secret);

    public static byte[] HashKey(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
