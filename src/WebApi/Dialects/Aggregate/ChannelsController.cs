using System.Text.Json.Serialization;
using ChatPlatform.Application.Statistics;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Aggregate;

[Dialect<AggregateDialect>]
[Route("channels")]
public sealed class ChannelsController(IMediator mediator) : DialectController(mediator)
{
    /// <summary>Lists channels with their all-time totals and current users, by ascending id.</summary>
    /// <param name="channelId">Only this channel; 404 if it does not exist.</param>
    /// <param name="active">Only active, or only inactive, channels.</param>
    /// <param name="limit">1 to 1000. Without it all channels are streamed.</param>
    /// <param name="after">The last id of the previous page.</param>
    [HttpGet]
    [RequiresScope("read:channel")]
    [StrictParameters("channel_id", "active", "limit", "after")]
    [ProducesResponseType<ChannelsRecord>(StatusCodes.Status200OK)]
    public Task<IActionResult> List(
        [FromQuery(Name = "channel_id")] long? channelId, bool? active, int? limit, long after) =>
        Send(new ListChannelTotals(channelId, active, after, limit), channels =>
            new ChannelsRecord(channels.Select(ChannelRecord.From)));
}

public sealed record ChannelsRecord([property: JsonPropertyName("channels")] IAsyncEnumerable<ChannelRecord> Channels);

/// <param name="Id">A JSON integer.</param>
public sealed record ChannelRecord(
    [property: JsonPropertyName("active")] bool Active,
    [property: JsonPropertyName("blacklists")] BlacklistRecord Blacklists,
    [property: JsonPropertyName("channel_id")] long Id,
    [property: JsonPropertyName("chats")] ChannelChatsRecord Chats,
    [property: JsonPropertyName("users")] ChannelUsersRecord Users)
{
    internal static ChannelRecord From(ChannelTotalsView view) => new(
        view.Active,
        new(view.BlacklistedUserIds),
        view.ChannelId,
        new(view.Broadcast, view.Received),
        new(view.ConcurrentUsers + view.ConcurrentGuests, view.ConcurrentGuests, view.ConcurrentUsers, view.Guests, view.Users));
}

/// <param name="UserIds">Ascending.</param>
public sealed record BlacklistRecord([property: JsonPropertyName("user_id")] IReadOnlyList<long> UserIds);

/// <param name="Broadcast">Messages of users that were broadcast to the channel.</param>
/// <param name="Received">All messages of users that were sent to the channel.</param>
public sealed record ChannelChatsRecord(
    [property: JsonPropertyName("total_brodcast")] long Broadcast,
    [property: JsonPropertyName("total_received")] long Received);

/// <param name="Concurrent">The sum of concurrent guests and users.</param>
/// <param name="ConcurrentGuests">Guests with a live chat session in the channel.</param>
/// <param name="Users">Members and past writers of the channel, without guests.</param>
public sealed record ChannelUsersRecord(
    [property: JsonPropertyName("total_concurrent")] int Concurrent,
    [property: JsonPropertyName("total_concurrent_guests")] int ConcurrentGuests,
    [property: JsonPropertyName("total_concurrent_users")] int ConcurrentUsers,
    [property: JsonPropertyName("total_guests")] int Guests,
    [property: JsonPropertyName("total_users")] int Users);
