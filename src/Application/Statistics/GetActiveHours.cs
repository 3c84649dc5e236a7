using ChatPlatform.Domain.Common;
using FluentValidation;
using MediatR;

namespace ChatPlatform.Application.Statistics;

/// <summary>
/// Distinct users active by date and hour of the zone's clock (engagement contract, <c>users-by-time-of-the-day-in-a-week</c>). An hour
/// that the clock shows twice is one.
/// </summary>
/// <param name="Start">UTC; its day is the first.</param>
/// <param name="End">UTC, not before <paramref name="Start"/>; its day is the last.</param>
/// <param name="TimeZone">An IANA name; null for UTC.</param>
/// <returns>Hours in which somebody was active, oldest first.</returns>
public sealed record GetActiveHours(DateTime Start, DateTime End, string? TimeZone = null)
    : IRequest<Result<IReadOnlyList<ActiveHourView>>>, IDayPeriod;

/// <param name="Hour">Of the zone's clock, on the full hour.</param>
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
        var days = DayRange.Of(calendar.Value, request.Start, request.End).Within(await statistics.FindActiveExtentAsync(now, cancellationToken));
        if (days.Count <= 0)
        {
            return Result<IReadOnlyList<ActiveHourView>>.Of([]);
        }

        // Hours since the beginning of the calendar number the buckets.
        var hours = calendar.Value.Hours(days.Interval)
            .Select(piece => new BucketInterval((int)(piece.LocalHour.Ticks / TimeSpan.TicksPerHour), piece.Interval)).ToList();
        var users = await statistics.CountActiveAsync(hours, now, cancellationToken);
        return users.OrderBy(hour => hour.Key)
            .Select(hour => new ActiveHourView(new DateTime(hour.Key * TimeSpan.TicksPerHour), hour.Value)).ToList();
    }
}
