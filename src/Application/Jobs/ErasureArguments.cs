namespace ChatPlatform.Application.Jobs;

/// <summary>Selects the messages that an erasure job removes. <paramref name="Until"/> is UTC and inclusive, null for a channel.</summary>
public sealed record ErasureArguments(long? ChannelId = null, long? UserId = null, DateTime? Until = null);
