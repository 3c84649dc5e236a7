namespace ChatPlatform.Infrastructure.Events;

/// <summary>How far a follower has read the event log: everything up to and including this place, in commit order.</summary>
public sealed class FollowerPosition
{
    private FollowerPosition() { }

    public string Name { get; private set; } = null!;

    public ulong Xid { get; private set; }

    public long EventId { get; private set; }

    /// <summary>A follower that has read nothing yet.</summary>
    internal static FollowerPosition Start(string name) => new() { Name = name };
}
