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

/// <summary>Rooms are PUBLIC channels; other channels are not found.</summary>
[Dialect<EngagementDialect>]
[Route("api/v1")]
[Authorize]
public sealed class RoomsController(IMediator mediator) : DialectController(mediator)
{
    /// <summary>Creates a PUBLIC channel with the caller as a member, or returns the existing one of that name.</summary>
    [HttpPost("channels.create")]
    [ProducesResponseType<RoomInfoPayload>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Create(CreateRoomBody body)
    {
        var request = body.ToRequest(User.UserId());
        return request.IsSuccess ? await Send(request.Value, RoomInfoPayload.From) : Refuse(request.Error);
    }

    /// <summary>Deletes a channel and its messages. Callers other than its creator need the permission <c>delete-c</c>.</summary>
    [HttpPost("channels.delete")]
    [ProducesResponseType<SuccessPayload>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Delete(RoomBody body) => body.RoomId is { } id
        ? await Send(new DeleteChannel(WireId.Of(id), By: User.ToActingUser()), _ => new SuccessPayload())
        : Refuse(EngagementErrors.Missing("roomId"));

    /// <summary>Returns a channel by its id or its name.</summary>
    [HttpGet("channels.info")]
    [ProducesResponseType<RoomInfoPayload>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Info([FromQuery] string? roomId, [FromQuery] string? roomName) => roomId is null && roomName is null
        ? Refuse(EngagementErrors.Missing("roomId"))
        : await Send(new GetPublicChannel(roomId is null ? null : WireId.Of(roomId), roomName), RoomInfoPayload.From);
}

/// <param name="Name">1 to 255 characters.</param>
/// <param name="Members">User names; the caller is always a member.</param>
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

/// <param name="Name">The display name.</param>
public sealed record UserPayload([property: JsonPropertyName("_id")] string Id, string Username, string Name);

/// <summary>Ids are strings on the wire. A string that is not a number becomes 0, which no row has.</summary>
internal static class WireId
{
    public static long Of(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
