using System.Text.Json.Serialization;
using ChatPlatform.Application.Functions;
using ChatPlatform.Domain.Functions;

namespace ChatPlatform.WebApi.Dialects.Platform.Functions;

/// <summary>A script of the application that runs on events.</summary>
/// <param name="FailOpen">Only for blocking functions: whether the action proceeds when the function cannot run.</param>
public sealed record FunctionResource(
    long Id,
    string Type,
    FunctionRuntimeResource Runtime,
    string Name,
    string? Description,
    bool Enabled,
    bool? FailOpen,
    int CurrentVersionNumber,
    [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links)
{
    public static FunctionResource From(FunctionView function, Links links) => new(
        function.Id,
        function.Type,
        new FunctionRuntimeResource(function.ApplicationId, RuntimeType.Nodejs, ChatRuntime.VersionOf(function.RuntimeRevision)),
        function.Name,
        function.Description,
        function.Enabled,
        FunctionTypes.IsBlocking(function.Type) ? function.FailsOpen : null,
        function.CurrentVersionNumber,
        new Dictionary<string, Link>
        {
            ["self"] = links.Function(function.Id),
            ["versions"] = links.Function(function.Id, "/versions"),
            ["invocations"] = links.Function(function.Id, "/invocations"),
            ["currentVersion"] = links.Function(function.Id, "/current-version"),
            ["deadLetters"] = links.Function(function.Id, "/dead-letters"),
            ["application"] = links.Application,
        });
}

public sealed record FunctionRuntimeResource(long Id, RuntimeType Type, string Version);

public sealed record FunctionVersionResource(
    long Id, int VersionNumber, string HandlerScript, [property: JsonPropertyName("_links")] IReadOnlyDictionary<string, Link> Links)
{
    public static FunctionVersionResource From(FunctionVersionView version, Links links) => new(
        version.Id,
        version.Number,
        version.Script,
        new Dictionary<string, Link>
        {
            ["self"] = links.At($"/function-versions/{version.Id}"),
            ["application"] = links.Application,
        });
}
