using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Statistics;

/// <summary>Active users of each date, newest first, without dates that have none. See docs/contracts/engagement.md#active-users.</summary>
public sealed record ListActiveUsers(DateTime Start, DateTime End, string? TimeZone = null)
    : IRequest<Result<IAsyncEnumerable<ActiveUsersView>>>, IDayPeriod;

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
        var days = DayRange.Of(calendar.Value, request.Start, request.End)
            .Within(await statistics.FindActiveExtentAsync(now, cancellationToken));
        return Result<IAsyncEnumerable<ActiveUsersView>>.Of(statistics.ReadActive(days.Points(), now, cancellationToken)
            .Select(day => new ActiveUsersView(DateOnly.FromDayNumber(day.Point), day.UserIds)));
    }
}
