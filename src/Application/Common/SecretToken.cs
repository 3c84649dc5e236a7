using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ChatPlatform.Application.Common;

/// <summary>Random tokens. With 256 bits they need no slow hash: their SHA-256 is stored.</summary>
public static class SecretToken
{
    /// <summary>43 characters of base64url.</summary>
    public static string Generate() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
