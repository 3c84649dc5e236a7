using ChatPlatform.Application.Messages;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Messages;

[Route("v1/threads/{id:long}")]
public sealed class ThreadsController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Retrieves a thread; a message's id finds the thread of its replies.</summary>
    [HttpGet]
    [RequiresScope("read:thread")]
    [ProducesResponseType<ThreadResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Retrieve(long id) => Send(new GetThread(id), thread => ThreadResource.From(thread, Links));
}
