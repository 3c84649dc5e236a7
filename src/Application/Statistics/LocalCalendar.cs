using System.Text.RegularExpressions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Statistics;

/// <summary>
/// Days and hours as people in a time zone see them, daylight saving included. A moment belongs to the date and hour that the zone's
/// clock shows then, as with PostgreSQL's <c>AT TIME ZONE</c>.
/// </summary>
public sealed partial class LocalCalendar
{
    /// <summary>Offsets lie within it, so clocks differ from UTC by less.</summary>
    private static readonly TimeSpan Widest = TimeSpan.FromHours(30);

    private readonly TimeZoneInfo _zone;

    private LocalCalendar(TimeZoneInfo zone) => _zone = zone;

    public static LocalCalendar Utc { get; } = new(TimeZoneInfo.Utc);

    /// <param name="name">An IANA name such as <c>Europe/Berlin</c>; null takes UTC.</param>
    public static Result<LocalCalendar> Of(string? name)
    {
        if (name is null)
        {
            return Utc;
        }

        // Folders like posix/ and right/ (with leap seconds), and files like localtime, are no zones of the database.
        return Name().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? new LocalCalendar(zone)
            : CommonErrors.Invalid("timezone", $"There is no time zone '{name}'.");
    }

    /// <summary>What the zone's clock shows.</summary>
    public DateTime LocalTime(DateTime utc)
    {
        var offset = _zone.GetUtcOffset(utc);
        var ticks = Math.Clamp(utc.Ticks + offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return new DateTime(ticks, DateTimeKind.Unspecified);
    }

    public DateOnly DateOf(DateTime utc) => DateOnly.FromDateTime(LocalTime(utc));

    /// <summary>The first moment whose date is this or a later one. A date that the zone skipped begins where the next one does.</summary>
    public DateTime BeginOf(DateOnly date) => FirstMomentAtOrAfter(date.ToDateTime(TimeOnly.MinValue));

    /// <summary>From the beginning of the first date to the end of the last one, both included.</summary>
    public Interval Days(DateOnly first, DateOnly last) =>
        new(BeginOf(first), last == DateOnly.MaxValue ? MaxUtc : BeginOf(last.AddDays(1)));

    /// <summary>
    /// Cuts an interval at the full hours of the zone's clock and files each piece under the date and hour that the clock shows in it.
    /// An hour that comes twice has two pieces.
    /// </summary>
    /// <param name="step">Hours a piece may be long; 1 or 2.</param>
    public IEnumerable<(DateTime LocalHour, Interval Interval)> Hours(Interval interval, int step = 1)
    {
        var from = interval.From;
        while (from < interval.To)
        {
            var local = LocalTime(from);
            var hour = new DateTime(local.Year, local.Month, local.Day, local.Hour / step * step, 0, 0);
            var to = EndOfHour(from, hour, Later(hour, TimeSpan.FromHours(step)));
            to = to < interval.To ? to : interval.To;
            yield return (hour, new Interval(from, to));
            from = to;
        }
    }

    private static DateTime MaxUtc => DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);

    /// <summary>The first moment after <paramref name="from"/> at which the clock shows a time outside of an hour.</summary>
    private DateTime EndOfHour(DateTime from, DateTime hour, DateTime nextHour)
    {
        var end = EndAt(from, LocalTime(from), nextHour);
        var change = NextChange(from, end);
        while (change is { } at)
        {
            var local = LocalTime(at);
            if (local < hour || local >= nextHour)
            {
                return at;
            }

            end = EndAt(at, local, nextHour);
            change = NextChange(at, end);
        }

        return end;
    }

    /// <summary>When the clock shows a time, if it runs evenly until then; it stands still at the end of the calendar.</summary>
    private static DateTime EndAt(DateTime from, DateTime local, DateTime nextHour) =>
        nextHour > local ? Later(from, nextHour - local) : MaxUtc;

    /// <summary>The first moment at which the clock shows this time or a later one.</summary>
    private DateTime FirstMomentAtOrAfter(DateTime local)
    {
        var from = Utcs(local.Ticks - Widest.Ticks);
        var end = Utcs(local.Ticks + Widest.Ticks);
        while (true)
        {
            // Up to the next change of the offset the clock runs evenly.
            var change = NextChange(from, end);
            var candidate = Utcs(local.Ticks - _zone.GetUtcOffset(from).Ticks);
            if (candidate <= from)
            {
                return from;
            }

            if (change is null || candidate < change)
            {
                return candidate;
            }

            from = change.Value;
        }
    }

    /// <summary>The first moment in (from, to) at which the offset is another one than just before; null if it stays.</summary>
    private DateTime? NextChange(DateTime from, DateTime to)
    {
        var offset = _zone.GetUtcOffset(from);

        // No zone ever changed twice within an hour or two, but some twice within days.
        var next = from;
        while (next < to)
        {
            var step = next;
            next = Later(step, TimeSpan.FromHours(1)) is var hour && hour < to ? hour : to;
            if (_zone.GetUtcOffset(next) == offset)
            {
                continue;
            }

            var (low, high) = (step.Ticks, next.Ticks);
            while (high - low > 1)
            {
                var middle = low + ((high - low) / 2);
                (low, high) = _zone.GetUtcOffset(Utcs(middle)) == offset ? (middle, high) : (low, middle);
            }

            return high < to.Ticks ? Utcs(high) : null;
        }

        return null;
    }

    /// <summary>No later than the calendar ends.</summary>
    private static DateTime Later(DateTime time, TimeSpan by) => DateTime.MaxValue.Ticks - time.Ticks > by.Ticks
        ? time + by
        : DateTime.SpecifyKind(DateTime.MaxValue, time.Kind);

    private static DateTime Utcs(long ticks) =>
        new(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc);

    [GeneratedRegex(@"^(?!(?:posix|right)/)(?:UTC|GMT|[A-Z][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+){0,2})$")]
    private static partial Regex Name();
}
