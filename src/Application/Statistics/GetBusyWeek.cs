using ChatPlatform.Domain.Common;
using MediatR;

namespace ChatPlatform.Application.Statistics;

/// <summary>Distinct active users of eight dates, newest first. See docs/contracts/engagement.md#weekly-data.</summary>
/// <param name="Start">UTC; its local date is the last.</param>
public sealed record GetBusyWeek(DateTime Start, string? TimeZone = null) : IRequest<Result<IReadOnlyList<ActiveDayView>>>;

public sealed record ActiveDayView(DateOnly Date, int Users);

internal sealed class GetBusyWeekHandler(IUserStatistics statistics, TimeProvider clock)
    : IRequestHandler<GetBusyWeek, Result<IReadOnlyList<ActiveDayView>>>
{
    private const int Dates = 8;

    public async Task<Result<IReadOnlyList<ActiveDayView>>> Handle(GetBusyWeek request, CancellationToken cancellationToken)
    {
        var calendar = LocalCalendar.Of(request.TimeZone);
        if (!calendar.IsSuccess)
        {
            return calendar.Error;
        }

        var last = calendar.Value.DateOf(request.Start);
        var first = DateOnly.FromDayNumber(Math.Max(last.DayNumber - Dates + 1, 0));
        var days = new DayRange(calendar.Value, first, last);
        var users = await statistics.CountActiveAsync(days.Points(), clock.UtcNow(), cancellationToken);
        return days.Dates.Reverse().Select(date => new ActiveDayView(date, users.GetValueOrDefault(date.DayNumber))).ToList();
    }
}
