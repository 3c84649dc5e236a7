using ChatPlatform.Application.Functions;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Functions;

/// <summary>Versions of functions (docs/contracts/platform.md#chat-functions).</summary>
[Route("v1/functions/{id:long}")]
public sealed class FunctionVersionsController(IMediator mediator) : PlatformController(mediator)
{
    private const long MaxRequestBytes = 8 * 1024 * 1024;

    /// <summary>Lists the versions of a function, newest first.</summary>
    [HttpGet("versions")]
    [RequiresScope("read:function", "read:function_version")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> List(long id, [FromQuery(Name = "")] PageParameters page) => Send(
        new ListFunctionVersions(id, page.ToRequest()),
        versions => Paged(
            versions, "versions", $"/functions/{id}/versions", version => FunctionVersionResource.From(version, Links)));

    /// <summary>Saves a version of a function and deploys it.</summary>
    [HttpPost("versions")]
    [RequestSizeLimit(MaxRequestBytes)]
    [RequiresScope("read:function", "create:function_version")]
    [ProducesResponseType<FunctionVersionResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Create(long id, CreateVersionBody body) => Send(
        new CreateFunctionVersion(id, body.HandlerScript),
        version => FunctionVersionResource.From(version, Links));

    /// <summary>Retrieves the deployed version of a function.</summary>
    [HttpGet("current-version")]
    [RequiresScope("read:function", "read:function_version")]
    [ProducesResponseType<FunctionVersionResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> RetrieveCurrent(long id) => Send(
        new GetCurrentVersion(id),
        version => FunctionVersionResource.From(version, Links));

    /// <summary>Retrieves a version of a function.</summary>
    [HttpGet("/v1/function-versions/{id:long}")]
    [RequiresScope("read:function_version")]
    [ProducesResponseType<FunctionVersionResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Retrieve(long id) => Send(
        new GetFunctionVersion(id),
        version => FunctionVersionResource.From(version, Links));
}

public sealed record CreateVersionBody
{
    /// <summary>JavaScript or TypeScript of at most 1 MB with <c>handleEvent(event, context)</c>.</summary>
    public string? HandlerScript { get; init; }
}
