using ChatPlatform.Domain.Common;
using MediatR;

namespace ChatPlatform.Application.Statistics;

/// <summary>
/// Distinct users active in the 24 hours up to a moment, by the two-hour stretch of the zone's clock in which they were (engagement
/// contract, <c>hourly-data</c>). A stretch that the moment cuts has its older part a day earlier.
/// </summary>
/// <param name="Start">UTC, exclusive.</param>
/// <param name="TimeZone">An IANA name; null for UTC.</param>
/// <returns>Twelve stretches, 22 o'clock first, zeros too.</returns>
public sealed record GetBusyHours(DateTime Start, string? TimeZone = null) : IRequest<Result<IReadOnlyList<BusyHoursView>>>;

/// <param name="Hour">At which the stretch begins: 22, 20 … 0.</param>
public sealed record BusyHoursView(int Hour, int Users);

internal sealed class GetBusyHoursHandler(IUserStatistics statistics, TimeProvider clock)
    : IRequestHandler<GetBusyHours, Result<IReadOnlyList<BusyHoursView>>>
{
    private const int Stretch = 2;
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    public async Task<Result<IReadOnlyList<BusyHoursView>>> Handle(GetBusyHours request, CancellationToken cancellationToken)
    {
        var calendar = LocalCalendar.Of(request.TimeZone);
        if (!calendar.IsSuccess)
        {
            return calendar.Error;
        }

        var from = request.Start - DateTime.MinValue < Day ? DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc) : request.Start - Day;
        var pieces = calendar.Value.Hours(new Interval(from, request.Start), Stretch)
            .Select(piece => new BucketInterval(piece.LocalHour.Hour, piece.Interval)).ToList();
        var users = await statistics.CountActiveAsync(pieces, clock.UtcNow(), cancellationToken);
        return Enumerable.Range(1, 24 / Stretch)
            .Select(i => 24 - (i * Stretch))
            .Select(hour => new BusyHoursView(hour, users.GetValueOrDefault(hour))).ToList();
    }
}
