using ChatPlatform.Application.Chats;
using ChatPlatform.Application.Users;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Chats;

[Dialect<ChatsDialect>]
[Route(ChatsDialect.Root + "/{chatId:guid}/participants")]
public sealed class ParticipantsController(IMediator mediator) : DialectController(mediator)
{
    /// <summary>Adds a user to the chat, for the first time or again. Returns the participant's id.</summary>
    [HttpPost]
    [RequiresScope("update:chat")]
    [ProducesResponseType<IdRecord>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> Add(Guid chatId, [FromBody] ParticipantBody body) => Send(
        new AddParticipant(chatId, new UserReference(body.User?.Id, body.User?.Username), body.InvitedBy),
        id => Accepted(new IdRecord(id)));

    /// <summary>Ends a participation. The user may join again.</summary>
    [HttpDelete("{participantId:guid}")]
    [RequiresScope("delete:chat")]
    [ProducesResponseType<IdRecord>(StatusCodes.Status202Accepted)]
    public Task<IActionResult> Remove(Guid chatId, Guid participantId) =>
        Send(new RemoveParticipant(chatId, participantId), id => Accepted(new IdRecord(id)));
}

/// <param name="InvitedBy">The id of a participant of the chat.</param>
public sealed record ParticipantBody(UserBody? User, Guid? InvitedBy);

/// <summary>A user of this server: either the id or the name.</summary>
public sealed record UserBody(long? Id, string? Username);
