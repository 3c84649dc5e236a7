using ChatPlatform.Domain.Functions;
using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.Application.Functions;

/// <summary>What the functions of an application run in.</summary>
/// <param name="Revision">Grows with each change.</param>
/// <param name="Variables">The custom ones, by name.</param>
/// <param name="Dependencies">The packages that are there now.</param>
/// <param name="Installation">The last change of packages; null before the first.</param>
public sealed record RuntimeView(
    long ApplicationId,
    string ApplicationKey,
    long Revision,
    string? InitializationScript,
    IReadOnlyDictionary<string, string> Variables,
    IReadOnlyList<RuntimeDependency> Dependencies,
    InstallationView? Installation,
    uint Version);

/// <param name="Error">Why it failed, or why the last try did.</param>
public sealed record InstallationView(long JobId, JobState State, string? Error);
