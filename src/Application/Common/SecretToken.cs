using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ChatPlatform.Application.Common;

/// <summary>Tokens and keys drawn at random. Being 256 bits long they need no slow hash: their SHA-256 is what is stored.</summary>
public static class SecretToken
{
    /// <summary>43 characters of base64url, 256 bits.</summary>
    public static string Generate() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
