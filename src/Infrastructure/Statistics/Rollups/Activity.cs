using System.Collections;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Statistics.Rollups;

/// <summary>
/// Who had a message broadcast or a session in one block, a bit a user: distinct users over any set of blocks are the ones in the OR of
/// their bits, whatever the number of messages.
/// </summary>
public sealed class Activity : ITenantOwned
{
    /// <summary>Users in a chunk; the bit of a user is the id's remainder, the chunk its quotient.</summary>
    public const int ChunkSize = 4096;

    private Activity() { }

    public long ApplicationId { get; private set; }

    /// <summary>
    /// In slots; 0 for the users with a session that lasted through all of the slot at <see cref="Start"/>, who are active in any part of it.
    /// </summary>
    public short Span { get; private set; }

    public int Start { get; private set; }

    public long Chunk { get; private set; }

    public BitArray Users { get; private set; } = null!;
}
