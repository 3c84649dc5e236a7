using ChatPlatform.Domain.Common;
using MediatR;

namespace ChatPlatform.Application.Statistics;

/// <summary>Distinct users active on each of the eight dates up to a moment's (engagement contract, <c>weekly-data</c>).</summary>
/// <param name="Start">UTC; its date in the zone is the last.</param>
/// <param name="TimeZone">An IANA name; null for UTC.</param>
/// <returns>Eight dates, newest first, zeros too.</returns>
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
        var users = await statistics.CountActiveAsync(days.Buckets(), clock.UtcNow(), cancellationToken);
        return days.Dates.Reverse().Select(date => new ActiveDayView(date, users.GetValueOrDefault(date.DayNumber))).ToList();
    }
}
