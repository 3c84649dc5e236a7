using ChatPlatform.Application.Common;
using ChatPlatform.Application.Functions;
using ChatPlatform.WebApi.Dialects.Platform.Applications;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace ChatPlatform.WebApi.Dialects.Platform.Functions;

/// <summary>Scripts of the application that run on events (docs/contracts/platform.md#chat-functions).</summary>
[Route("v1/functions/{id:long}")]
public sealed class FunctionsController(IMediator mediator) : PlatformController(mediator)
{
    private const long MaxRequestBytes = 8 * 1024 * 1024;

    /// <summary>Lists functions.</summary>
    [HttpGet("/v1/runtimes/nodejs/functions")]
    [RequiresScope("read:runtime", "read:function")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> List([FromQuery(Name = "")] PageParameters page) => Send(
        new ListFunctions(page.ToRequest()),
        functions => Paged(functions, "functions", "/runtimes/nodejs/functions", function => FunctionResource.From(function, Links)));

    /// <summary>Creates a function. It runs once it has a version.</summary>
    [HttpPost("/v1/runtimes/nodejs/functions")]
    [RequiresScope("read:runtime", "read:function")]
    [ProducesResponseType<FunctionResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Create(CreateFunctionBody body) => Send(
        new CreateFunction(body.Type, body.Name, body.Description),
        function => FunctionResource.From(function, Links),
        function => function.Version);

    /// <summary>Retrieves a function.</summary>
    [HttpGet]
    [RequiresScope("read:function")]
    [ProducesResponseType<FunctionResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Retrieve(long id) => Send(
        new GetFunction(id),
        function => FunctionResource.From(function, Links),
        function => function.Version);

    /// <summary>Changes the settings of a function: enables, disables or renames it (RFC 7396).</summary>
    [HttpPatch]
    [RequiresScope("read:function", "update:function")]
    [ProducesResponseType<FunctionResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Update(long id, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] FunctionPatchBody? body) => Send(
        versions => (body ?? new()).ToRequest(id, versions),
        function => new TaggedResult(FunctionResource.From(function, Links), function.Version));

    /// <summary>Removes a function with its versions and invocations.</summary>
    [HttpDelete]
    [RequiresScope("read:function", "delete:function")]
    [ProducesResponseType<ApplicationResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Delete(long id) => SendForApplication(versions => new DeleteFunction(id, versions));

    /// <summary>
    /// Runs a function once for a test event: the current version, another one, or a script that is not saved. Calls through its context
    /// take effect; the run is not recorded.
    /// </summary>
    [HttpPost("test")]
    [RequestSizeLimit(MaxRequestBytes)]
    [RequiresScope("read:function", "create:function_version")]
    [ProducesResponseType<TestRunResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Test(long id, TestRunBody body) => Send(
        new TestFunction(id, body.Event?.Text, body.HandlerScript, body.VersionNumber),
        outcome => TestRunResource.From(outcome, Links));
}

public sealed record CreateFunctionBody
{
    /// <summary>Type of the events that it runs on, such as <c>user.sent.message</c>.</summary>
    public string? Type { get; init; }

    /// <summary>At most 255 characters.</summary>
    public string? Name { get; init; }

    /// <summary>At most 1,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>Ignored: a function is ready with the response.</summary>
    public bool? InitializeAsynchronously { get; init; }
}

public sealed record FunctionPatchBody
{
    public Optional<string> Name { get; init; }

    public Optional<string> Description { get; init; }

    public Optional<bool?> Enabled { get; init; }

    /// <summary>For blocking functions: whether the action proceeds when the function cannot run.</summary>
    public Optional<bool?> FailOpen { get; init; }

    internal UpdateFunction ToRequest(long id, IReadOnlyCollection<uint>? versions) =>
        new(id, Name, Description, Enabled, FailOpen, versions);
}

public sealed record TestRunBody
{
    /// <summary>A JSON object, passed to the function unchanged.</summary>
    public RawJson? Event { get; init; }

    /// <summary>JavaScript or TypeScript to run instead of a saved version.</summary>
    public string? HandlerScript { get; init; }

    /// <summary>The version to run; absent for the current one.</summary>
    public int? VersionNumber { get; init; }
}
