using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Statistics;

/// <summary>
/// Users with messages in a channel, or in every channel, by ascending channel id and user id. See docs/contracts/aggregate.md#chats.
/// With a period also users with a chat session that overlaps it. Fails with NotFound if the channel does not exist.
/// </summary>
/// <param name="After">The last user id of the previous page. Without a channel, ids and limit refer to channels.</param>
public sealed record ListChatters(long? ChannelId = null, Period? Period = null, long After = 0, int? Limit = null)
    : IRequest<Result<IAsyncEnumerable<ChatterView>>>, IKeyPaged;

/// <param name="UserId">Null in the only row of a channel without chatters.</param>
/// <param name="InPeriod">Messages in this channel in the period; null without a period and for users who were not active in it.</param>
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
