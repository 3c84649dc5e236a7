using ChatPlatform.Domain.Common;
using MediatR;

namespace ChatPlatform.Application.Statistics;

/// <summary>
/// Distinct active users of the 24 hours before a time (UTC), by two local hours: twelve rows, 22 o'clock first. The row that contains
/// <paramref name="Start"/> consists of its beginning, and of its end one day earlier. See docs/contracts/engagement.md#hourly-data.
/// </summary>
public sealed record GetBusyHours(DateTime Start, string? TimeZone = null) : IRequest<Result<IReadOnlyList<BusyHoursView>>>;

public sealed record BusyHoursView(int Hour, int Users);

internal sealed class GetBusyHoursHandler(IUserStatistics statistics, TimeProvider clock)
    : IRequestHandler<GetBusyHours, Result<IReadOnlyList<BusyHoursView>>>
{
    private const int HoursPerRow = 2;
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    public async Task<Result<IReadOnlyList<BusyHoursView>>> Handle(GetBusyHours request, CancellationToken cancellationToken)
    {
        var calendar = LocalCalendar.Of(request.TimeZone);
        if (!calendar.IsSuccess)
        {
            return calendar.Error;
        }

        var from = request.Start - DateTime.MinValue < Day
            ? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc)
            : request.Start - Day;
        var pieces = calendar.Value.Hours(new Interval(from, request.Start), HoursPerRow)
            .Select(piece => new PointInterval(piece.LocalHour.Hour, piece.Interval)).ToList();
        var users = await statistics.CountActiveAsync(pieces, clock.UtcNow(), cancellationToken);
        return Enumerable.Range(1, 24 / HoursPerRow)
            .Select(i => 24 - (i * HoursPerRow))
            .Select(hour => new BusyHoursView(hour, users.GetValueOrDefault(hour))).ToList();
    }
}
