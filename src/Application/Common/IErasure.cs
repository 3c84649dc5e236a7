namespace ChatPlatform.Application.Common;

/// <summary>Removes rows by the set, with all that hangs on them, and takes what was counted back out of the figures.</summary>
public interface IErasure
{
    /// <summary>Removes messages and all replies below them.</summary>
    /// <param name="limit">Most messages chosen; the replies below them come on top.</param>
    /// <returns>How many went.</returns>
    Task<int> RemoveMessagesAsync(MessageScope scope, int limit, CancellationToken cancellationToken);

    /// <summary>Ends all memberships of a channel and all sessions in it.</summary>
    Task EmptyChannelAsync(long channelId, CancellationToken cancellationToken);

    /// <summary>Removes a channel that has no message left.</summary>
    Task RemoveChannelAsync(long channelId, CancellationToken cancellationToken);

    /// <summary>Removes what is only a user's own: account, logins, sessions, memberships. What they wrote stays.</summary>
    Task EraseUserAsync(long userId, CancellationToken cancellationToken);
}

/// <summary>Messages of the application; each bound that is given narrows them.</summary>
/// <param name="Until">Sent then or before (UTC).</param>
public sealed record MessageScope(long? MessageId = null, long? ChannelId = null, long? UserId = null, DateTime? Until = null)
{
    /// <summary>Most messages removed while the caller waits; more are a job's work (platform contract, ruling 12).</summary>
    public const int SynchronousLimit = 10_000;
}
