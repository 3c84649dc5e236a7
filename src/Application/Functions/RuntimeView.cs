using ChatPlatform.Domain.Functions;
using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.Application.Functions;

/// <param name="Revision">Grows with each change.</param>
/// <param name="Variables">Custom variables by name.</param>
/// <param name="Dependencies">The installed packages.</param>
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

/// <param name="Error">Why it failed, or why the last attempt did.</param>
public sealed record InstallationView(long JobId, JobState State, string? Error);
