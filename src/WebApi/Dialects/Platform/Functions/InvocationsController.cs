using ChatPlatform.Application.Functions;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Functions;

/// <summary>Runs of functions and their console output (docs/contracts/platform.md#chat-functions).</summary>
[Route("v1/function-invocations/{id:long}")]
public sealed class InvocationsController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Lists the runs of a function, newest first.</summary>
    [HttpGet("/v1/functions/{id:long}/invocations")]
    [RequiresScope("read:function", "read:function_invocation")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> List(long id, [FromQuery(Name = "")] PageParameters page) => Send(
        new ListInvocations(id, page.ToRequest()),
        invocations => Paged(
            invocations, "invocations", $"/functions/{id}/invocations", invocation => InvocationResource.From(invocation, Links)));

    /// <summary>Retrieves a run of a function.</summary>
    [HttpGet]
    [RequiresScope("read:function", "read:function_invocation")]
    [ProducesResponseType<InvocationResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Retrieve(long id) => Send(
        new GetInvocation(id), invocation => InvocationResource.From(invocation, Links));

    /// <summary>Retrieves the console output of a run, oldest first; empty until the run has ended.</summary>
    [HttpGet("console")]
    [RequiresScope("read:function", "read:function_invocation")]
    [ProducesResponseType<ConsoleResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> RetrieveConsole(long id) => Send(
        new GetInvocationConsole(id), lines => ConsoleResource.From(lines, id, Links));
}
