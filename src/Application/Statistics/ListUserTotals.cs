using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Statistics;

/// <summary>Users, and deleted users with messages, by ascending id. See docs/contracts/aggregate.md#chat_aggregate.</summary>
public sealed record ListUserTotals(Period? Period = null, long After = 0, int? Limit = null)
    : IRequest<Result<IAsyncEnumerable<UserTotalsView>>>, IKeyPaged;

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
