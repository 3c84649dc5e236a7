using System.Text.Json.Serialization;
using ChatPlatform.Application.Functions;
using ChatPlatform.Domain.Functions;
using ChatPlatform.Domain.Jobs;

namespace ChatPlatform.WebApi.Dialects.Platform.Functions;

public enum RuntimeType
{
    Nodejs = 0,
}

/// <summary>What all functions of an application share.</summary>
/// <param name="Version">Grows with each change.</param>
/// <param name="Dependencies">The installed packages.</param>
/// <param name="EnvironmentVariables">The built-in variables, then the custom ones.</param>
/// <param name="Installation">State of the last change of packages; absent before the first.</param>
public sealed record RuntimeResource(
    long Id,
    RuntimeType Type,
    string Version,
    IReadOnlyList<DependencyResource> Dependencies,
    InstallationResource? Installation,
    ScriptResource? InitializationScript,
    IReadOnlyDictionary<string, string> EnvironmentVariables,
    [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links)
{
    public static RuntimeResource From(RuntimeView runtime, IReadOnlyDictionary<string, string> builtIn, Links links)
    {
        var map = new Dictionary<string, Link>
        {
            ["self"] = links.Runtime(),
            ["dependencies"] = links.Runtime("/dependencies"),
            ["initializationScript"] = links.Runtime("/initialization-script"),
            ["functions"] = links.Runtime("/functions"),
        };
        if (runtime.Installation is { JobId: var job })
        {
            map["installation"] = links.Job(job);
        }

        map["application"] = links.Application;
        return new RuntimeResource(
            runtime.ApplicationId,
            RuntimeType.Nodejs,
            ChatRuntime.VersionOf(runtime.Revision),
            [.. runtime.Dependencies.Select(DependencyResource.From)],
            runtime.Installation is null ? null : InstallationResource.From(runtime.Installation),
            runtime.InitializationScript is null ? null : new ScriptResource(runtime.InitializationScript),
            builtIn.Concat(runtime.Variables).ToDictionary(),
            map);
    }
}

/// <param name="Installed">The installed version.</param>
public sealed record DependencyResource(string Name, string Version, bool DefaultDependency, string? Installed)
{
    public static DependencyResource From(RuntimeDependency package) =>
        new(package.Name, package.Range, package.IsDefault, package.Installed);
}

/// <param name="Error">Why it failed, or why its last attempt did.</param>
public sealed record InstallationResource(JobState State, string? Error)
{
    public static InstallationResource From(InstallationView installation) => new(installation.State, installation.Error);
}

public sealed record ScriptResource(string Script);
