namespace ChatPlatform.Application.Jobs;

/// <summary>Which messages an erasure removes, kept as a job's arguments; all of the application when nothing narrows them.</summary>
/// <param name="ChannelId">Of this channel, which goes after them.</param>
/// <param name="UserId">Of this user.</param>
/// <param name="Until">Sent then or before (UTC); null for a channel's, which all go.</param>
public sealed record ErasureArguments(long? ChannelId = null, long? UserId = null, DateTime? Until = null);
