namespace ChatPlatform.Application.Jobs;

/// <summary>What an import was asked to do, kept as a job's arguments.</summary>
/// <param name="ChannelId">Where imported members go.</param>
/// <param name="DryRun">Look at everything and report, write nothing.</param>
/// <param name="Atomic">Write all items or, when one of them is bad, none.</param>
/// <param name="Sha256">Of the file as it was uploaded.</param>
public sealed record ImportArguments(long? ChannelId, bool DryRun, bool Atomic, string Sha256);
