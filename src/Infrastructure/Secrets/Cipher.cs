using System.Security.Cryptography;

namespace ChatPlatform.Infrastructure.Secrets;

/// <summary>AES-256-GCM: a nonce of 12 bytes, the encrypted value, a tag of 16 bytes.</summary>
internal static class Cipher
{
    public const int KeyBytes = 32;

    private static readonly int NonceBytes = AesGcm.NonceByteSizes.MaxSize;
    private static readonly int TagBytes = AesGcm.TagByteSizes.MaxSize;

    public static byte[] GenerateKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    /// <param name="associatedData">Binds the value to its context; not part of the result.</param>
    public static byte[] Encrypt(byte[] key, byte[] value, byte[] associatedData)
    {
        var ciphertext = new byte[NonceBytes + value.Length + TagBytes];
        var nonce = ciphertext.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(
            nonce, value, ciphertext.AsSpan(NonceBytes, value.Length), ciphertext.AsSpan(NonceBytes + value.Length), associatedData);
        return ciphertext;
    }

    /// <exception cref="CryptographicException">The value was not encrypted with this key and associated data.</exception>
    public static byte[] Decrypt(byte[] key, ReadOnlySpan<byte> ciphertext, byte[] associatedData)
    {
        if (ciphertext.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("The value is too short to be encrypted data.");
        }

        var value = new byte[ciphertext.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(ciphertext[..NonceBytes], ciphertext.Slice(NonceBytes, value.Length), ciphertext[^TagBytes..], value, associatedData);
        return value;
    }
}
