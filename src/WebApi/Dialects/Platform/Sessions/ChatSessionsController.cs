using ChatPlatform.Application.Common;
using ChatPlatform.Application.Sessions;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Sessions;

[Route("v1/chat-sessions")]
public sealed class ChatSessionsController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Lists chat sessions.</summary>
    /// <param name="state">ACTIVE or ENDED; absent for all.</param>
    [HttpGet]
    [RequiresScope("read:chat_session")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> List([FromQuery(Name = "")] PageParameters page, string? state)
    {
        var open = StateFilter.Parse(state);
        return open.IsSuccess
            ? Send(
                new ListChatSessions(page.ToRequest(), open.Value),
                sessions => Paged(sessions, "sessions", "/chat-sessions", session => ChatSessionResource.From(session, Links)))
            : Task.FromResult(Refuse(open.Error));
    }

    /// <summary>Retrieves a chat session.</summary>
    [HttpGet("{id:long}")]
    [RequiresScope("read:chat_session")]
    [ProducesResponseType<ChatSessionResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Retrieve(long id) => Send(new GetChatSession(id), session => ChatSessionResource.From(session, Links));

    /// <summary>Opens a chat session: a connected user enters one of their channels.</summary>
    [HttpPost("/v1/user-sessions/{id:long}/chat-sessions")]
    [RequiresScope("read:channel", "read:user_session", "create:chat_session")]
    [ProducesResponseType<ChatSessionResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> Start(long id, ChatSessionBody body) => body.ChannelId is { } channelId
        ? Send(new StartChatSession(id, channelId), session => ChatSessionResource.From(session, Links))
        : Task.FromResult(Refuse(CommonErrors.Invalid("channelId", "is required")));

    /// <summary>Ends a chat session. The user session stays open.</summary>
    [HttpDelete("{id:long}")]
    [RequiresScope("read:chat_session", "delete:chat_session")]
    [ProducesResponseType<ChatSessionResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> End(long id) => Send(new EndChatSession(id), session => ChatSessionResource.From(session, Links));
}

public sealed record ChatSessionBody
{
    public long? ChannelId { get; init; }
}
