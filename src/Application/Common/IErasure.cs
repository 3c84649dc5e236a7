namespace ChatPlatform.Application.Common;

/// <summary>Removes rows with all their dependents and corrects the statistics.</summary>
public interface IErasure
{
    /// <param name="limit">Maximum number of messages; the replies below them come on top.</param>
    /// <returns>The number of removed messages, replies included.</returns>
    Task<int> RemoveMessagesAsync(MessageScope scope, int limit, CancellationToken cancellationToken);

    /// <summary>Ends all memberships and sessions of a channel.</summary>
    Task EmptyChannelAsync(long channelId, CancellationToken cancellationToken);

    /// <summary>The channel must have no messages left.</summary>
    Task RemoveChannelAsync(long channelId, CancellationToken cancellationToken);

    /// <summary>Removes account, logins, sessions and memberships. Messages stay.</summary>
    Task EraseUserAsync(long userId, CancellationToken cancellationToken);
}

/// <summary>All filters given must hold.</summary>
/// <param name="Snapshot">Shown by this snapshot (<see cref="CurrentSnapshot"/>).</param>
public sealed record MessageScope(long? MessageId = null, long? ChannelId = null, long? UserId = null, string? Snapshot = null)
{
    /// <summary>Most messages removed within a request; a job removes more (docs/contracts/platform.md#deletions).</summary>
    public const int SynchronousLimit = 10_000;
}
