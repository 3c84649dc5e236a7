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
    /// <summary>Lists users with the number of messages they sent to all channels, in total and in a period, by ascending id.</summary>
    /// <param name="start">Unix seconds, inclusive.</param>
    /// <param name="end">Unix seconds, exclusive. Default: now.</param>
    /// <param name="limit">1 to 1000. Without it all users are streamed.</param>
    /// <param name="after">The last id of the previous page.</param>
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

/// <param name="Start">As requested; absent without a period.</param>
public sealed record UsersChatsRecord(
    [property: JsonPropertyName("ts_start")] long? Start,
    [property: JsonPropertyName("ts_end")] long? End,
    [property: JsonPropertyName("users")] IAsyncEnumerable<UserChatsRecord> Users);

/// <param name="InPeriod">Absent without a period.</param>
public sealed record UserChatsRecord(
    [property: JsonPropertyName("chats_in_period")] long? InPeriod,
    [property: JsonPropertyName("total_chats")] long Total,
    [property: JsonPropertyName("user_id")] long UserId)
{
    internal static UserChatsRecord From(UserTotalsView view) => new(view.InPeriod, view.Total, view.UserId);
}
