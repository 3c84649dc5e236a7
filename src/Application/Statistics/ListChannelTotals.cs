using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace ChatPlatform.Application.Statistics;

/// <summary>
/// What channels have seen in all their time, by ascending id, as a stream (aggregate contract, "What the numbers mean").
/// An unknown <paramref name="ChannelId"/> is not found; one that does not pass <paramref name="Active"/> gives no rows.
/// </summary>
/// <param name="After">The last id of the page before; 0 for the first.</param>
/// <param name="Limit">1 to 1000; null for all.</param>
public sealed record ListChannelTotals(long? ChannelId = null, bool? Active = null, long After = 0, int? Limit = null)
    : IRequest<Result<IAsyncEnumerable<ChannelTotalsView>>>, IKeyPaged;

/// <param name="Received">Messages of users that reached the server.</param>
/// <param name="Broadcast">Those of them that were passed on to the channel.</param>
/// <param name="Users">Distinct users, not guests, who are members or have a message in the channel.</param>
/// <param name="Guests">Distinct guests of the same kind.</param>
/// <param name="ConcurrentUsers">Distinct users, not guests, with an open chat session in it.</param>
/// <param name="BlacklistedUserIds">Ascending.</param>
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
