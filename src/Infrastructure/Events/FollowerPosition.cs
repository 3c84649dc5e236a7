namespace ChatPlatform.Infrastructure.Events;

/// <summary>The last event that a follower has read, in commit order.</summary>
public sealed class FollowerPosition
{
    private FollowerPosition() { }

    public string Name { get; private set; } = null!;

    public ulong Xid { get; private set; }

    public long EventId { get; private set; }

    /// <summary>The position before all events.</summary>
    internal static FollowerPosition Start(string name) => new() { Name = name };
}
