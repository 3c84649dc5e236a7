using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.Secrets;

/// <summary>The configured keys by name. A name is the start of the SHA-256 of its key and does not reveal the key.</summary>
public sealed class KeyRing
{
    private readonly Lazy<(string Current, Dictionary<string, byte[]> All)> _keys;

    /// <summary>Keys are read on first use; an invalid key then throws a <see cref="SecretKeyException"/>.</summary>
    public KeyRing(IOptions<SecretOptions> options) => _keys = new(() => Read(options.Value));

    public byte[] Current => Find(CurrentId);

    public string CurrentId => _keys.Value.Current;

    public IReadOnlyCollection<string> Ids => _keys.Value.All.Keys;

    public byte[] Find(string id) =>
        _keys.Value.All.GetValueOrDefault(id) ?? throw new SecretKeyException($"A secret requires the key {id}, which is not configured.");

    private static (string Current, Dictionary<string, byte[]> All) Read(SecretOptions options)
    {
        var current = Parse(options.Key ?? throw new SecretKeyException("Secrets:Key is not set."), "Secrets:Key");
        var all = options.PreviousKeys.Select((key, index) => Parse(key, $"Secrets:PreviousKeys:{index}")).Append(current);
        return (IdOf(current), all.DistinctBy(IdOf).ToDictionary(IdOf));
    }

    private static string IdOf(byte[] key) => Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 8));

    private static byte[] Parse(string text, string setting)
    {
        var key = new byte[Cipher.KeyBytes];
        return Convert.TryFromBase64String(text, key, out var length) && length == Cipher.KeyBytes
            ? key
            : throw new SecretKeyException($"{setting} must be {Cipher.KeyBytes} bytes in base64, such as from 'openssl rand -base64 32'.");
    }
}
