using ChatPlatform.Domain.Functions;

namespace ChatPlatform.Application.Functions;

/// <summary>Arguments of an installation job, stored as JSON.</summary>
public sealed record InstallationArguments(IReadOnlyList<RuntimeDependency> Dependencies);
