using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Statistics;

/// <summary>Active users by date and local hour. See docs/contracts/engagement.md#users-by-time-of-the-day-in-a-week.</summary>
public sealed record GetActiveHours(DateTime Start, DateTime End, string? TimeZone = null)
    : IRequest<Result<IReadOnlyList<ActiveHourView>>>, IDayPeriod;

/// <param name="Hour">Local time, on the full hour. An hour that occurs twice is one row.</param>
public sealed record ActiveHourView(DateTime Hour, int Users);

internal sealed class GetActiveHoursValidator : AbstractValidator<GetActiveHours>
{
    public GetActiveHoursValidator() => this.HasDays();
}

internal sealed class GetActiveHoursHandler(IUserStatistics statistics, TimeProvider clock)
    : IRequestHandler<GetActiveHours, Result<IReadOnlyList<ActiveHourView>>>
{
    public async Task<Result<IReadOnlyList<ActiveHourView>>> Handle(GetActiveHours request, CancellationToken cancellationToken)
    {
        var calendar = LocalCalendar.Of(request.TimeZone);
        if (!calendar.IsSuccess)
        {
            return calendar.Error;
        }

        var now = clock.UtcNow();
        var days = DayRange.Of(calendar.Value, request.Start, request.End)
            .Within(await statistics.FindActiveExtentAsync(now, cancellationToken));
        if (days.Count <= 0)
        {
            return Result<IReadOnlyList<ActiveHourView>>.Of([]);
        }

        // Data points are numbered by the hours since the beginning of the calendar.
        var hours = days.Intervals.SelectMany(interval => calendar.Value.Hours(interval))
            .Select(piece => new PointInterval((int)(piece.LocalHour.Ticks / TimeSpan.TicksPerHour), piece.Interval)).ToList();
        var users = await statistics.CountActiveAsync(hours, now, cancellationToken);
        return users.OrderBy(hour => hour.Key)
            .Select(hour => new ActiveHourView(new DateTime(hour.Key * TimeSpan.TicksPerHour), hour.Value)).ToList();
    }
}
