using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Statistics;

/// <summary>
/// Who wrote in a channel, or in all of them, and how much, as a stream by ascending channel and user id (aggregate contract,
/// <c>/chats</c>). With a period also how much in it, for those who were active in it: by a message in the channel or by a chat session
/// there that overlaps it; who only had a session is listed, too. An unknown channel is not found.
/// </summary>
/// <param name="After">The last user id of the page before or, without a channel, the last channel id; 0 for the first page.</param>
/// <param name="Limit">Users a page or, without a channel, channels: 1 to 1000; null for all.</param>
public sealed record ListChatters(long? ChannelId = null, Period? Period = null, long After = 0, int? Limit = null)
    : IRequest<Result<IAsyncEnumerable<ChatterView>>>, IKeyPaged;

/// <param name="UserId">Null in the single row of a channel in which nobody wrote.</param>
/// <param name="InChannel">Messages that the user sent to this channel.</param>
/// <param name="Total">Messages that the user sent to all channels.</param>
/// <param name="InPeriod">Messages to this channel in the period; null for who was not active in it, and when none was asked for.</param>
public sealed record ChatterView(long ChannelId, long? UserId, long InChannel, long Total, long? InPeriod);

internal sealed class ListChattersValidator : AbstractValidator<ListChatters>
{
    public ListChattersValidator()
    {
        this.PagedByKey();
        this.HasPeriod(request => request.Period);
    }
}

internal sealed class ListChattersHandler(IChatDbContext db, IChannelStatistics statistics, TimeProvider clock)
    : IRequestHandler<ListChatters, Result<IAsyncEnumerable<ChatterView>>>
{
    public async Task<Result<IAsyncEnumerable<ChatterView>>> Handle(ListChatters request, CancellationToken cancellationToken)
    {
        var interval = request.Period?.Until(clock.UtcNow());
        if (request.ChannelId is not { } id)
        {
            return Result<IAsyncEnumerable<ChatterView>>.Of(
                statistics.ReadChattersOfAll(interval, request.After, request.Limit, cancellationToken));
        }

        if (!await db.Channels.AnyAsync(channel => channel.Id == id, cancellationToken))
        {
            return ChannelErrors.NotFound;
        }

        return Result<IAsyncEnumerable<ChatterView>>.Of(
            statistics.ReadChatters(id, interval, request.After, request.Limit, cancellationToken));
    }
}
