using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Messages;
using ChatPlatform.WebApi.Dialects.Platform.Channels;
using ChatPlatform.WebApi.Dialects.Platform.Paging;
using ChatPlatform.WebApi.Dialects.Platform.Users;
using ChatPlatform.WebApi.Hosting.Authentication;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace ChatPlatform.WebApi.Dialects.Platform.Messages;

[Route("v1")]
public sealed class ReadReceiptsController(IMediator mediator) : PlatformController(mediator)
{
    /// <summary>Lists the read receipts of a message.</summary>
    [HttpGet("messages/{id:long}/read-receipts")]
    [RequiresScope("read:message", "read:read_receipt")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> List(long id, [FromQuery(Name = "")] PageParameters page) => Send(
        new ListReadReceipts(id, page.ToRequest()),
        receipts => Paged(receipts, "receipts", $"/messages/{id}/read-receipts", receipt => ReadReceiptResource.From(receipt, Links)));

    /// <summary>Marks a message as read by a user.</summary>
    [HttpPost("messages/{id:long}/read")]
    [RequiresScope("read:message", "read:user", "create:read_receipt")]
    [ProducesResponseType<ReadReceiptResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ReadMessage(long id, UserReferenceBody user) => Send(
        new ReadMessage(id, user.ToReference()),
        receipt => ReadReceiptResource.From(receipt, Links));

    /// <summary>Marks all messages of a channel as read by a user.</summary>
    [HttpPost("channels/{id:long}/read")]
    [RequiresScope("read:channel", "read:user", "create:read_receipt")]
    [ProducesResponseType<ChannelResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ReadChannel(long id, UserReferenceBody user) => Send(
        new ReadChannel(id, user.ToReference()),
        channel => ChannelResource.From(channel, Links));

    /// <summary>Counts the unread messages of a user.</summary>
    [HttpGet("users/{id:long}/messages/unread/count")]
    [RequiresScope("read:user", "read:channels")]
    [ProducesResponseType<CountResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> CountUnread(long id) => Send(new CountUnread(id), count => new CountResource(count));

    /// <summary>Lists the unread counts of all members by channel, without zeros.</summary>
    [HttpGet("application/message-read-receipt-summaries")]
    [RequiresScope("read:message", "read:read_receipt")]
    [ProducesResponseType<PageResource>(StatusCodes.Status200OK)]
    public Task<IActionResult> ListSummaries([FromQuery(Name = "")] PageParameters page) => Send(
        new ListUnreadCounts(page.ToRequest()),
        counts => Paged(
            counts, "summaries", "/application/message-read-receipt-summaries", count => UnreadSummaryResource.From(count, Links)));
}

public sealed record CountResource(long Count);

/// <param name="Count">Messages of the channel that the user has not read.</param>
public sealed record UnreadSummaryResource(ChannelResource Channel, UserResource User, long Count)
{
    public static UnreadSummaryResource From(UnreadCountView unread, Links links) =>
        new(ChannelResource.From(unread.Channel, links), UserResource.From(unread.User, links), unread.Count);
}
