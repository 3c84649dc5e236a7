using System.Security.Cryptography;

namespace ChatPlatform.Infrastructure.Secrets;

/// <summary>AES-256-GCM: a nonce of 12 bytes, the encrypted value, a tag of 16 bytes.</summary>
internal static class Cipher
{
    public const int KeyBytes = 32;

    private static readonly int NonceBytes = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagBytes = AesGcm.TagByteSizes.MaxSize;

    public static byte[] DrawKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    /// <param name="place">What the value is bound to; not part of the result.</param>
    public static byte[] Encrypt(byte[] key, byte[] value, byte[] place)
    {
        var closed = new byte[NonceBytes + value.Length + TagBytes];
        var nonce = closed.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, value, closed.AsSpan(NonceBytes, value.Length), closed.AsSpan(NonceBytes + value.Length), place);
        return closed;
    }

    /// <exception cref="CryptographicException">It is not what was encrypted with this key for this place.</exception>
    public static byte[] Decrypt(byte[] key, ReadOnlySpan<byte> closed, byte[] place)
    {
        if (closed.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("The value is too short to be an encrypted one.");
        }

        var value = new byte[closed.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(closed[..NonceBytes], closed.Slice(NonceBytes, value.Length), closed[^TagBytes..], value, place);
        return value;
    }
}
