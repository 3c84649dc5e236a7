namespace ChatPlatform.Application.Jobs;

/// <summary>Which messages an erasure removes: those of a channel, of a user, or all that <paramref name="Snapshot"/> shows.</summary>
public sealed record ErasureArguments(long? ChannelId = null, long? UserId = null, string? Snapshot = null);
