using System.Collections;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Statistics.Entities;

/// <summary>
/// Users with a broadcast message or a session in one bucket, one bit per user. Distinct users of several buckets are the OR of the bits.
/// </summary>
public sealed class Activity : ITenantOwned
{
    /// <summary>The chunk of a user is the id divided by this number, the bit is the remainder.</summary>
    public const int UsersPerChunk = 4096;

    private Activity() { }

    public long ApplicationId { get; private set; }

    /// <summary>0 for users whose session covers the whole bucket of 15 minutes: they are active in every part of it.</summary>
    public short Resolution { get; private set; }

    public int Start { get; private set; }

    public long Chunk { get; private set; }

    public BitArray Users { get; private set; } = null!;
}
