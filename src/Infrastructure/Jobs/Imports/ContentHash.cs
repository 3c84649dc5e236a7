using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>Detects that an idempotency key is used again with different content.</summary>
internal static class ContentHash
{
    /// <summary>The first 64 bits of the SHA-256 of the item as it stands in the file.</summary>
    public static long Of(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text, hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }
}
