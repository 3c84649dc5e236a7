using System.Security.Cryptography;
using System.Text;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;
using ChatPlatform.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Infrastructure.Secrets;

/// <summary>Each value starts with the format number, 1, and the id of its data key.</summary>
internal sealed class SecretBox(ChatDbContext db, KeyRing keys, ICurrentApplication application, TimeProvider clock) : ISecretBox
{
    private const byte Format = 1;
    private const int HeaderBytes = 17;

    public async Task<byte[]> SealAsync(string context, byte[] value, CancellationToken cancellationToken)
    {
        var key = await NewestKeyAsync(cancellationToken);
        return [Format, .. key.Id.ToByteArray(), .. Cipher.Encrypt(key.Unwrap(keys), value, AssociatedData(context, key.Id))];
    }

    public async Task<byte[]> OpenAsync(string context, byte[] ciphertext, CancellationToken cancellationToken)
    {
        if (ciphertext.Length < HeaderBytes || ciphertext[0] != Format)
        {
            throw new CryptographicException("This version does not support the format of the value.");
        }

        var id = new Guid(ciphertext.AsSpan(1, HeaderBytes - 1));
        var key = await db.DataKeys.AsNoTracking().FirstOrDefaultAsync(key => key.Id == id, cancellationToken)
            ?? throw new CryptographicException("The data key of the value does not belong to the application.");
        return Cipher.Decrypt(key.Unwrap(keys), ciphertext.AsSpan(HeaderBytes), AssociatedData(context, id));
    }

    private async Task<DataKey> NewestKeyAsync(CancellationToken cancellationToken)
    {
        var key = await db.DataKeys.AsNoTracking().OrderByDescending(key => key.CreatedTime).FirstOrDefaultAsync(cancellationToken);
        if (key is null)
        {
            // Stored together with its first value. Two concurrent first values create two keys, and both are valid.
            key = DataKey.Create(application.Id, keys, clock.UtcNow());
            db.DataKeys.Add(key);
        }

        return key;
    }

    private byte[] AssociatedData(string context, Guid keyId) =>
        Encoding.UTF8.GetBytes(FormattableString.Invariant($"{Format}/{keyId}/{application.Id}/{context}"));
}
