using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Statistics;

/// <summary>Who was active on each date, as a stream, newest date first (engagement contract, <c>active-users</c>).</summary>
/// <param name="Start">UTC; its day is the first.</param>
/// <param name="End">UTC, not before <paramref name="Start"/>; its day is the last.</param>
/// <param name="TimeZone">An IANA name; null for UTC.</param>
/// <returns>Dates on which somebody was active.</returns>
public sealed record ListActiveUsers(DateTime Start, DateTime End, string? TimeZone = null)
    : IRequest<Result<IAsyncEnumerable<ActiveUsersView>>>, IDayPeriod;

/// <param name="UserIds">Ascending.</param>
public sealed record ActiveUsersView(DateOnly Date, IReadOnlyList<long> UserIds);

internal sealed class ListActiveUsersValidator : AbstractValidator<ListActiveUsers>
{
    public ListActiveUsersValidator() => this.HasDays();
}

internal sealed class ListActiveUsersHandler(IUserStatistics statistics, TimeProvider clock)
    : IRequestHandler<ListActiveUsers, Result<IAsyncEnumerable<ActiveUsersView>>>
{
    public async Task<Result<IAsyncEnumerable<ActiveUsersView>>> Handle(ListActiveUsers request, CancellationToken cancellationToken)
    {
        var calendar = LocalCalendar.Of(request.TimeZone);
        if (!calendar.IsSuccess)
        {
            return calendar.Error;
        }

        var now = clock.UtcNow();
        var days = DayRange.Of(calendar.Value, request.Start, request.End).Within(await statistics.FindActiveExtentAsync(now, cancellationToken));
        return Result<IAsyncEnumerable<ActiveUsersView>>.Of(statistics.ReadActive(days.Buckets(), now, cancellationToken)
            .Select(day => new ActiveUsersView(DateOnly.FromDayNumber(day.Bucket), day.UserIds)));
    }
}
