using System.Globalization;
using System.Text.Json.Serialization;
using ChatPlatform.Application.Messages;
using ChatPlatform.Domain.Common;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Engagement;

[Dialect<EngagementDialect>]
[Route("api/v1")]
[Authorize]
public sealed class MessagesController(IMediator mediator, TimeProvider clock) : DialectController(mediator)
{
    /// <summary>Sends a message as the caller. Sending to a PUBLIC channel joins it; other channels require membership.</summary>
    [HttpPost("chat.sendMessage")]
    [ProducesResponseType<SentMessagePayload>(StatusCodes.Status200OK)]
    public async Task<IActionResult> SendMessage(SendMessageBody body)
    {
        var request = body.ToRequest(User.UserId());
        return request.IsSuccess ? await Send(request.Value, SentMessagePayload.From) : Refuse(request.Error);
    }

    /// <summary>Deletes a message and its replies. Messages of other users require the permission <c>delete-message</c>.</summary>
    [HttpPost("chat.delete")]
    [ProducesResponseType<DeletedMessagePayload>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Delete(DeleteMessageBody body) => body switch
    {
        { RoomId: null } => Refuse(EngagementErrors.Missing("roomId")),
        { MsgId: null } => Refuse(EngagementErrors.Missing("msgId")),
        _ => await Send(
            new DeleteMessage(WireId.Of(body.MsgId), ChannelId: WireId.Of(body.RoomId), By: User.ToActingUser()),
            _ => DeletedMessagePayload.From(body, clock.GetUtcNow())),
    };
}

public sealed record SendMessageBody(SendMessageBody.Content? Message)
{
    internal Result<SendMessage> ToRequest(long user)
    {
        if (Message is not { } message)
        {
            return EngagementErrors.Missing("message");
        }

        if (message.RoomId is null || message.AnyText is null)
        {
            return EngagementErrors.Missing(message.RoomId is null ? "rid" : "msg", "message");
        }

        var isValid = !string.IsNullOrWhiteSpace(message.AnyText) && message.AnyText.Length <= TextLimits.Body
            && StorableText.IsStorable(message.AnyText);
        return isValid
            ? new SendMessage(MessageTarget.Channel(WireId.Of(message.RoomId)), new(user), message.AnyText)
            : EngagementErrors.Malformed("message.msg");
    }

    /// <param name="RoomId">The channel's id.</param>
    /// <param name="Msg">The text.</param>
    /// <param name="Text">Another name for <c>msg</c>.</param>
    public sealed record Content([property: JsonPropertyName("rid")] string? RoomId, string? Msg, string? Text)
    {
        internal string? AnyText => Msg ?? Text;
    }
}

public sealed record SentMessagePayload(SentMessagePayload.Content Message, bool Success = true)
{
    internal static SentMessagePayload From(MessageView view) => new(new Content(
        Text(view.Id),
        Text(view.ChannelId),
        view.Body!,
        view.CreatedTime,
        new UserPayload(Text(view.User!.Id), view.User.Name, view.User.DisplayName),
        view.LastEditedTime ?? view.CreatedTime));

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);

    /// <param name="RoomId">The channel's id.</param>
    public sealed record Content(
        [property: JsonPropertyName("_id")] string Id,
        [property: JsonPropertyName("rid")] string RoomId,
        string Msg,
        [property: JsonPropertyName("ts")] DateTime CreatedTime,
        [property: JsonPropertyName("u")] UserPayload Sender,
        [property: JsonPropertyName("_updatedAt")] DateTime UpdatedTime);
}

public sealed record DeleteMessageBody(string? RoomId, string? MsgId);

/// <param name="Ts">The time of deletion, Unix milliseconds as text.</param>
public sealed record DeletedMessagePayload(
    [property: JsonPropertyName("_id")] string Id, string Ts, DeletedMessagePayload.Content Message, bool Success = true)
{
    internal static DeletedMessagePayload From(DeleteMessageBody body, DateTimeOffset now) => new(
        body.MsgId!, now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), new Content(body.MsgId!, body.RoomId!));

    public sealed record Content([property: JsonPropertyName("_id")] string Id, [property: JsonPropertyName("rid")] string RoomId);
}
