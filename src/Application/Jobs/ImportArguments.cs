namespace ChatPlatform.Application.Jobs;

/// <param name="ChannelId">The channel of imported members; null when each item names its own.</param>
public sealed record ImportArguments(long? ChannelId, bool DryRun, bool Atomic, string Sha256);
