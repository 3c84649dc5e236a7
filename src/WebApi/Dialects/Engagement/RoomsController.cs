using System.Globalization;
using System.Text.Json.Serialization;
using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Engagement;

/// <summary>PUBLIC channels; others are not there for these calls.</summary>
[Dialect<EngagementDialect>]
[Route("api/v1")]
[Authorize]
public sealed class RoomsController(IMediator mediator) : DialectController(mediator)
{
    /// <summary>Opens a PUBLIC channel of which the caller is a member, or answers with the one of that name.</summary>
    [HttpPost("channels.create")]
    [ProducesResponseType<RoomInfoPayload>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Create(CreateRoomBody body)
    {
        var request = body.ToRequest(User.UserId());
        return request.IsSuccess ? await Send(request.Value, RoomInfoPayload.From) : Refuse(request.Error);
    }

    /// <summary>Removes a channel with all that was said in it; who did not make it needs the permission <c>delete-c</c>.</summary>
    [HttpPost("channels.delete")]
    [ProducesResponseType<SuccessPayload>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Delete(RoomBody body) => body.RoomId is { } id
        ? await Send(new DeleteChannel(WireId.Of(id), By: User.ToActingUser()), _ => new SuccessPayload())
        : Refuse(EngagementErrors.Missing("roomId"));

    /// <summary>One channel.</summary>
    /// <param name="roomId">Its id.</param>
    /// <param name="roomName">Or its name.</param>
    [HttpGet("channels.info")]
    [ProducesResponseType<RoomInfoPayload>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Info([FromQuery] string? roomId, [FromQuery] string? roomName) => roomId is null && roomName is null
        ? Refuse(EngagementErrors.Missing("roomId"))
        : await Send(new GetPublicChannel(roomId is null ? null : WireId.Of(roomId), roomName), RoomInfoPayload.From);
}

/// <param name="Name">1 to 255 characters.</param>
/// <param name="Members">User names; the caller is a member without being named.</param>
public sealed record CreateRoomBody(string? Name, IReadOnlyList<string?>? Members)
{
    internal Result<CreateChannel> ToRequest(long creator)
    {
        if (Name is null)
        {
            return EngagementErrors.Missing("name");
        }

        var members = Members?.Select(name => new UserReference(Username: name)).ToList();
        return new CreateChannel(ChannelType.Public, Name, Creator: new(creator), Members: members);
    }
}

public sealed record RoomBody(string? RoomId);

public sealed record RoomInfoPayload(RoomPayload Channel, bool Success = true)
{
    internal static RoomInfoPayload From(ChannelView view) => new(new RoomPayload(
        view.Id.ToString(CultureInfo.InvariantCulture),
        view.Name,
        null,
        view.CreatedTime,
        RoomTypes.LetterOf(view.Type),
        view.UpdatedTime));
}

public sealed record SuccessPayload(bool Success = true);

/// <summary>A person as rooms and messages show them.</summary>
/// <param name="Name">The display name.</param>
public sealed record UserPayload([property: JsonPropertyName("_id")] string Id, string Username, string Name);

/// <summary>Ids are strings on the wire; one that is no number is that of nothing.</summary>
internal static class WireId
{
    public static long Of(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
