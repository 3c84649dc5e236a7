using System.Text.Json.Serialization;
using ChatPlatform.Application.Statistics;
using ChatPlatform.WebApi.Hosting;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Aggregate;

[Dialect<AggregateDialect>]
[Route("chat_aggregate")]
public sealed class ChatAggregateController(IMediator mediator) : DialectController(mediator)
{
    /// <summary>What each user has sent to all channels together, and how much of it in a period; by ascending id.</summary>
    /// <param name="start">Unix seconds, inclusive.</param>
    /// <param name="end">Unix seconds, exclusive; without it the period lasts until now.</param>
    /// <param name="limit">1 to 1000; without it all users come, streamed.</param>
    /// <param name="after">The last id seen.</param>
    [HttpGet]
    [RequiresScope("read:user")]
    [StrictParameters("ts_start", "ts_end", "limit", "after")]
    [ProducesResponseType<ChatAggregateRecord>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List(
        [FromQuery(Name = "ts_start")] long? start, [FromQuery(Name = "ts_end")] long? end, int? limit, long after)
    {
        var period = AggregatePeriod.Of(start, end);
        return period.IsSuccess
            ? await Send(new ListUserTotals(period.Value, after, limit), users =>
                new ChatAggregateRecord(new(start, end, users.Select(UserChatsRecord.From))))
            : Refuse(period.Error);
    }
}

public sealed record ChatAggregateRecord([property: JsonPropertyName("chat_agg")] UsersChatsRecord Aggregate);

/// <param name="Start">As asked for; absent when it was not.</param>
public sealed record UsersChatsRecord(
    [property: JsonPropertyName("ts_start")] long? Start,
    [property: JsonPropertyName("ts_end")] long? End,
    [property: JsonPropertyName("users")] IAsyncEnumerable<UserChatsRecord> Users);

/// <param name="InPeriod">Absent when no period was asked for.</param>
public sealed record UserChatsRecord(
    [property: JsonPropertyName("chats_in_period")] long? InPeriod,
    [property: JsonPropertyName("total_chats")] long Total,
    [property: JsonPropertyName("user_id")] long UserId)
{
    internal static UserChatsRecord From(UserTotalsView view) => new(view.InPeriod, view.Total, view.UserId);
}
