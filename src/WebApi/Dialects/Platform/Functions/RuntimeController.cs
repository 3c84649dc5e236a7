using ChatPlatform.Application.Functions;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Functions;

/// <summary>What all functions of an application share (docs/contracts/platform.md#function-runtime).</summary>
[Route("v1/runtimes/nodejs")]
public sealed class RuntimeController(IMediator mediator, IFunctionInputs inputs) : PlatformController(mediator)
{
    private const long MaxRequestBytes = 8 * 1024 * 1024;

    /// <summary>Retrieves the runtime of functions: packages, variables and initialization script.</summary>
    [HttpGet]
    [RequiresScope("read:runtime", "update:runtime")]
    [ProducesResponseType<RuntimeResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Retrieve() => Send(new GetRuntime(), Shape, runtime => runtime.Version);

    /// <summary>Replaces the application's packages in a job. Until it is done, and if it fails, the installed ones stay.</summary>
    [HttpPut("dependencies")]
    [RequiresScope("read:runtime", "update:runtime")]
    [ProducesResponseType<RuntimeResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> UpdateDependencies([FromBody] IReadOnlyList<DependencyBody?> body) => Send(
        versions => new UpdateDependencies([.. body.Select(one => one is null ? null : new Package(one.Name, one.Version))], versions),
        Tagged);

    /// <summary>Replaces the custom variables; the built-in ones stay.</summary>
    [HttpPut("environment-variables")]
    [RequiresScope("read:runtime", "update:runtime")]
    [ProducesResponseType<RuntimeResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> UpdateVariables([FromBody] IReadOnlyDictionary<string, string?> body) =>
        BuiltInVariables.Validate(body.Keys) is { } refused
            ? Task.FromResult(Refuse(refused))
            : Send(versions => new UpdateVariables(body, versions), Tagged);

    /// <summary>Replaces the script that runs before all functions, which can use its exports; an empty one removes it.</summary>
    [HttpPut("initialization-script")]
    [RequestSizeLimit(MaxRequestBytes)]
    [RequiresScope("read:runtime", "update:runtime")]
    [ProducesResponseType<RuntimeResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> UpdateScript(ScriptBody body) =>
        Send(versions => new UpdateInitializationScript(body.Script, versions), Tagged);

    private IActionResult Tagged(RuntimeView runtime) => new TaggedResult(Shape(runtime), runtime.Version);

    private RuntimeResource Shape(RuntimeView runtime) =>
        RuntimeResource.From(runtime, inputs.Variables(runtime.ApplicationId, runtime.ApplicationKey), Links);
}

public sealed record DependencyBody
{
    /// <summary>Name of an npm package.</summary>
    public string? Name { get; init; }

    /// <summary>A version, a version range or a tag.</summary>
    public string? Version { get; init; }

    /// <summary>Ignored: the server knows the default packages.</summary>
    public bool? DefaultDependency { get; init; }
}

public sealed record ScriptBody
{
    /// <summary>JavaScript or TypeScript of at most 1 MB.</summary>
    public string? Script { get; init; }
}
