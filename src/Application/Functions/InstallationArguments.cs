using ChatPlatform.Domain.Functions;

namespace ChatPlatform.Application.Functions;

/// <summary>Which packages an installation brings in, kept as a job's arguments.</summary>
public sealed record InstallationArguments(IReadOnlyList<RuntimeDependency> Dependencies);
