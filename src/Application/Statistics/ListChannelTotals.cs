using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Statistics;

/// <summary>
/// All-time figures of channels, by ascending id. See docs/contracts/aggregate.md#what-the-numbers-mean. Fails with NotFound if the channel
/// does not exist; returns no rows if its state is not <paramref name="Active"/>.
/// </summary>
public sealed record ListChannelTotals(long? ChannelId = null, bool? Active = null, long After = 0, int? Limit = null)
    : IRequest<Result<IAsyncEnumerable<ChannelTotalsView>>>, IKeyPaged;

/// <param name="Users">Members and users with messages in the channel, without guests.</param>
/// <param name="ConcurrentUsers">Users with an open chat session in the channel, without guests.</param>
public sealed record ChannelTotalsView(
    long ChannelId,
    bool Active,
    long Received,
    long Broadcast,
    int Users,
    int Guests,
    int ConcurrentUsers,
    int ConcurrentGuests,
    IReadOnlyList<long> BlacklistedUserIds);

internal sealed class ListChannelTotalsValidator : AbstractValidator<ListChannelTotals>
{
    public ListChannelTotalsValidator() => this.PagedByKey();
}

internal sealed class ListChannelTotalsHandler(IChatDbContext db, IChannelStatistics statistics)
    : IRequestHandler<ListChannelTotals, Result<IAsyncEnumerable<ChannelTotalsView>>>
{
    public async Task<Result<IAsyncEnumerable<ChannelTotalsView>>> Handle(ListChannelTotals request, CancellationToken cancellationToken)
    {
        if (request.ChannelId is { } id && !await db.Channels.AnyAsync(channel => channel.Id == id, cancellationToken))
        {
            return ChannelErrors.NotFound;
        }

        return Result<IAsyncEnumerable<ChannelTotalsView>>.Of(statistics.ReadTotals(request, cancellationToken));
    }
}
