using ChatPlatform.Application.Functions;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Functions;

/// <summary>Events that a function failed to process (docs/contracts/platform.md#chat-functions).</summary>
[Route("v1/functions/{id:long}/dead-letters")]
public sealed class DeadLettersController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Lists the dead letters of a function, newest first.</summary>
    [HttpGet]
    [RequiresScope("read:function", "read:function_invocation")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> List(long id, [FromQuery(Name = "")] PageParameters page) => Send(
        new ListDeadLetters(id, page.ToRequest()),
        letters => Paged(
            letters, "deadLetters", $"/functions/{id}/dead-letters", letter => DeadLetterResource.From(letter, Links)));

    /// <summary>Replays all dead letters of a function in the order of their events.</summary>
    [HttpPost("replay")]
    [RequiresScope("read:function", "create:function_invocation")]
    [ProducesResponseType<ReplayedResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ReplayAll(long id) => Send(new ReplayDeadLetters(id), count => new ReplayedResource(count));

    /// <summary>Replays a dead letter.</summary>
    [HttpPost("/v1/function-dead-letters/{id:long}/replay")]
    [RequiresScope("read:function", "create:function_invocation")]
    [ProducesResponseType<DeadLetterResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Replay(long id) => Send(new ReplayDeadLetter(id), letter => DeadLetterResource.From(letter, Links));
}
