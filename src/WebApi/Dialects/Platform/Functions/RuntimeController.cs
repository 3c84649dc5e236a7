using ChatPlatform.Application.Functions;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Functions;

/// <summary>What the application's functions run in (platform contract, operations 44 to 46 and 49).</summary>
[Route("v1/runtimes/nodejs")]
public sealed class RuntimeController(IMediator mediator, IFunctionInputs inputs) : PlatformController(mediator)
{
    private const long MaxRequestBytes = 8 * 1024 * 1024;

    /// <summary>Retrieves what functions run in: their packages, variables and the script before them.</summary>
    [HttpGet]
    [RequiresScope("read:runtime", "update:runtime")]
    [ProducesResponseType<RuntimeResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Retrieve() => Send(new GetRuntime(), Shape, runtime => runtime.Version);

    /// <summary>Has the application's packages replaced. Until that is done, and if it fails, those there are stay.</summary>
    [HttpPut("dependencies")]
    [RequiresScope("read:runtime", "update:runtime")]
    [ProducesResponseType<RuntimeResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> UpdateDependencies([FromBody] IReadOnlyList<DependencyBody?> body) => Send(
        version => new UpdateDependencies([.. body.Select(one => one is null ? null : new Package(one.Name, one.Version))], version),
        Tagged);

    /// <summary>Replaces the custom variables; the built-in ones stay.</summary>
    [HttpPut("environment-variables")]
    [RequiresScope("read:runtime", "update:runtime")]
    [ProducesResponseType<RuntimeResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> UpdateVariables([FromBody] IReadOnlyDictionary<string, string?> body) =>
        BuiltInVariables.Validate(body.Keys) is { } refused
            ? Task.FromResult(Refuse(refused))
            : Send(version => new UpdateVariables(body, version), Tagged);

    /// <summary>Replaces the script that runs before functions and whose exports they can use; an empty one takes it away.</summary>
    [HttpPut("initialization-script")]
    [RequestSizeLimit(MaxRequestBytes)]
    [RequiresScope("read:runtime", "update:runtime")]
    [ProducesResponseType<RuntimeResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> UpdateScript(ScriptBody body) =>
        Send(version => new UpdateInitializationScript(body.Script, version), Tagged);

    private IActionResult Tagged(RuntimeView runtime) => new TaggedResult(Shape(runtime), runtime.Version);

    private RuntimeResource Shape(RuntimeView runtime) =>
        RuntimeResource.From(runtime, inputs.Variables(runtime.ApplicationId, runtime.ApplicationKey), Links);
}

public sealed record DependencyBody
{
    /// <summary>Of an npm package.</summary>
    public string? Name { get; init; }

    /// <summary>A version, a range of versions or a tag.</summary>
    public string? Version { get; init; }

    /// <summary>Read and not needed: default packages are known.</summary>
    public bool? DefaultDependency { get; init; }
}

public sealed record ScriptBody
{
    /// <summary>JavaScript or TypeScript of up to 1 MB.</summary>
    public string? Script { get; init; }
}
