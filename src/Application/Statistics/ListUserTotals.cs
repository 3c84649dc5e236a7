using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Statistics;

/// <summary>
/// What each user has sent over all channels, as a stream by ascending id (aggregate contract, <c>/chat_aggregate</c>). Deleted users are
/// listed as long as messages of theirs are there.
/// </summary>
/// <param name="After">The last id of the page before; 0 for the first.</param>
/// <param name="Limit">1 to 1000; null for all.</param>
public sealed record ListUserTotals(Period? Period = null, long After = 0, int? Limit = null)
    : IRequest<Result<IAsyncEnumerable<UserTotalsView>>>, IKeyPaged;

/// <param name="InPeriod">Null when no period was asked for.</param>
public sealed record UserTotalsView(long UserId, long Total, long? InPeriod);

internal sealed class ListUserTotalsValidator : AbstractValidator<ListUserTotals>
{
    public ListUserTotalsValidator()
    {
        this.PagedByKey();
        this.HasPeriod(request => request.Period);
    }
}

internal sealed class ListUserTotalsHandler(IUserStatistics statistics, TimeProvider clock)
    : IRequestHandler<ListUserTotals, Result<IAsyncEnumerable<UserTotalsView>>>
{
    public Task<Result<IAsyncEnumerable<UserTotalsView>>> Handle(ListUserTotals request, CancellationToken cancellationToken) =>
        Task.FromResult(Result<IAsyncEnumerable<UserTotalsView>>.Of(statistics.ReadTotals(
            request.Period?.Until(clock.UtcNow()), request.After, request.Limit, cancellationToken)));
}
