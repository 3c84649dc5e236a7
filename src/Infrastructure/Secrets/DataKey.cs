using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Secrets;

/// <summary>What an application's secrets are encrypted with; itself encrypted with a key of the configuration.</summary>
public sealed class DataKey : ITenantOwned
{
    private DataKey() { }

    public long ApplicationId { get; private set; }

    /// <summary>Stands in front of each value that is encrypted with it.</summary>
    public Guid Id { get; private set; }

    /// <summary>Names the key that opens it, see <see cref="KeyRing"/>.</summary>
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

    /// <summary>Encrypts it with the configured key in the place of a former one.</summary>
    internal void Rewrap(KeyRing keys) => Wrap(keys, Unwrap(keys));

    private byte[] AssociatedData => System.Text.Encoding.UTF8.GetBytes(FormattableString.Invariant($"key/{ApplicationId}/{Id}"));

    private void Wrap(KeyRing keys, byte[] key) => (Wrapped, WrappedBy) = (Cipher.Encrypt(keys.Current, key, AssociatedData), keys.CurrentId);
}
