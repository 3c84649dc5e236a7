using System.Text.Json.Serialization;
using ChatPlatform.Application.Statistics;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Aggregate;

[Dialect<AggregateDialect>]
[Route("chats")]
public sealed class ChatsController(IMediator mediator) : DialectController(mediator)
{
    /// <summary>
    /// Lists the writers of a channel with their numbers of messages; without <c>channel_id</c> those of every channel. With a period
    /// also the numbers in it, for users active in it.
    /// </summary>
    /// <param name="channelId">404 if the channel does not exist.</param>
    /// <param name="start">Unix seconds, inclusive.</param>
    /// <param name="end">Unix seconds, exclusive. Default: now.</param>
    /// <param name="limit">1 to 1000 users or, without <c>channel_id</c>, channels. Without it all are streamed.</param>
    /// <param name="after">The last id of the previous page.</param>
    [HttpGet]
    [RequiresScope("read:channel")]
    [StrictParameters("channel_id", "ts_start", "ts_end", "limit", "after")]
    [ProducesResponseType<ChatsRecord>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List(
        [FromQuery(Name = "channel_id")] long? channelId,
        [FromQuery(Name = "ts_start")] long? start,
        [FromQuery(Name = "ts_end")] long? end,
        int? limit,
        long after)
    {
        var period = AggregatePeriod.Of(start, end);
        if (!period.IsSuccess)
        {
            return Refuse(period.Error);
        }

        return await Send(new ListChatters(channelId, period.Value, after, limit), chatters => channelId is { } id
            ? new ChatsRecord(id, start, end, chatters.Where(row => row.UserId is not null).Select(ChatterRecord.From))
            : new AllChatsRecord(start, end, chatters.ByChannel((channel, rows) =>
                new ChatsRecord(channel, null, null, rows.Where(row => row.UserId is not null).Select(ChatterRecord.From)))));
    }
}

/// <param name="Start">As requested; absent without a period.</param>
public sealed record ChatsRecord(
    [property: JsonPropertyName("channel_id")] long ChannelId,
    [property: JsonPropertyName("ts_start")] long? Start,
    [property: JsonPropertyName("ts_end")] long? End,
    [property: JsonPropertyName("users")] IAsyncEnumerable<ChatterRecord> Users);

public sealed record AllChatsRecord(
    [property: JsonPropertyName("ts_start")] long? Start,
    [property: JsonPropertyName("ts_end")] long? End,
    [property: JsonPropertyName("channels")] IAsyncEnumerable<ChatsRecord> Channels);

/// <param name="InChannel">Messages that the user sent to this channel.</param>
/// <param name="InPeriod">Those of them in the period; absent for users who were not active in it.</param>
/// <param name="Total">Messages that the user sent to all channels.</param>
public sealed record ChatterRecord(
    [property: JsonPropertyName("chat_in-channel")] long InChannel,
    [property: JsonPropertyName("chats_in_period")] long? InPeriod,
    [property: JsonPropertyName("total_chats")] long Total,
    [property: JsonPropertyName("user_id")] long UserId)
{
    internal static ChatterRecord From(ChatterView view) => new(view.InChannel, view.InPeriod, view.Total, view.UserId!.Value);
}
