using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Secrets;

/// <summary>Encrypts the secrets of an application. It is stored encrypted with a configured key.</summary>
public sealed class DataKey : ITenantOwned
{
    private DataKey() { }

    public long ApplicationId { get; private set; }

    /// <summary>Part of the header of each value that is encrypted with it.</summary>
    public Guid Id { get; private set; }

    /// <summary>The name of the configured key that decrypts it (<see cref="KeyRing"/>).</summary>
    public string WrappedBy { get; private set; } = null!;

    public byte[] Wrapped { get; private set; } = [];

    public DateTime CreatedTime { get; private set; }

    internal static DataKey Create(long applicationId, KeyRing keys, DateTime now)
    {
        var key = new DataKey { ApplicationId = applicationId, Id = Guid.NewGuid(), CreatedTime = now };
        key.Wrap(keys, Cipher.GenerateKey());
        return key;
    }

    internal byte[] Unwrap(KeyRing keys) => Cipher.Decrypt(keys.Find(WrappedBy), Wrapped, AssociatedData);

    /// <summary>Encrypts it with the current key instead of a previous one.</summary>
    internal void Rewrap(KeyRing keys) => Wrap(keys, Unwrap(keys));

    private byte[] AssociatedData => System.Text.Encoding.UTF8.GetBytes(FormattableString.Invariant($"key/{ApplicationId}/{Id}"));

    private void Wrap(KeyRing keys, byte[] key) =>
        (Wrapped, WrappedBy) = (Cipher.Encrypt(keys.Current, key, AssociatedData), keys.CurrentId);
}
