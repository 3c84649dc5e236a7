using ChatPlatform.Application.Messages;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Hosting.Authentication;
using ChatPlatform.WebApi.Hosting.Json;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Messages;

[Route("v1")]
public sealed class ThreadsController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Retrieves a thread. The id of a message retrieves the thread of its replies.</summary>
    [HttpGet("threads/{id:long}")]
    [RequiresScope("read:thread")]
    [ProducesResponseType<ThreadResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Retrieve(long id) => Send(new GetThread(id), thread => ThreadResource.From(thread, Links));

    /// <summary>Lists a channel's main thread and standalone threads.</summary>
    [HttpGet("channels/{id:long}/threads")]
    [RequiresScope("read:channel", "read:thread")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> List(long id, [FromQuery(Name = "")] PageParameters page) => Send(
        new ListThreads(id, page.ToRequest()),
        threads => Paged(threads, "threads", $"/channels/{id}/threads", thread => ThreadResource.From(thread, Links)));

    /// <summary>Creates a standalone thread in a channel.</summary>
    [HttpPost("channels/{id:long}/threads")]
    [RequiresScope("read:channel", "create:thread")]
    [ProducesResponseType<ThreadResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Create(long id, ThreadBody body) => Send(
        new CreateThread(id, body.Name, body.Properties?.Text),
        thread => ThreadResource.From(thread, Links));
}

public sealed record ThreadBody
{
    /// <summary>Up to 255 characters; not unique.</summary>
    public string? Name { get; init; }

    public RawJson? Properties { get; init; }
}
