using System.Text.RegularExpressions;
using ChatPlatform.Application.Common;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Statistics;

/// <summary>
/// Days and hours of a time zone, with daylight saving time; the same as PostgreSQL's <c>AT TIME ZONE</c>, except for names such as CET,
/// which PostgreSQL takes for abbreviations with a fixed offset.
/// </summary>
public sealed partial class LocalCalendar
{
    private static readonly TimeSpan MaxOffset = TimeSpan.FromHours(30);

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

        // The zone database also contains folders such as posix/ and right/ (with leap seconds), and files such as localtime.
        return Name().IsMatch(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? new LocalCalendar(zone)
            : CommonErrors.Invalid("timezone", $"There is no time zone '{name}'.");
    }

    public DateTime LocalTime(DateTime utc)
    {
        var offset = _zone.GetUtcOffset(utc);
        var ticks = Math.Clamp(utc.Ticks + offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return new DateTime(ticks, DateTimeKind.Unspecified);
    }

    public DateOnly DateOf(DateTime utc) => DateOnly.FromDateTime(LocalTime(utc));

    /// <summary>Start of the date (UTC). A date that the zone skipped starts with the next date.</summary>
    public DateTime BeginOf(DateOnly date) => FirstUtcAtOrAfter(date.ToDateTime(TimeOnly.MinValue));

    /// <summary>
    /// The times of some dates (both inclusive), ascending. It is one interval, except where the clock is set back across the first or
    /// last midnight, so that a date ends, begins and ends again.
    /// </summary>
    public IReadOnlyList<Interval> Days(DateOnly first, DateOnly last)
    {
        var (begin, next) = (BeginOf(first), last == DateOnly.MaxValue ? MaxUtc : BeginOf(last.AddDays(1)));
        var steady = AddClamped(begin, MaxOffset) is var settled && settled < next ? settled : next;
        var parts = Dates(new Interval(begin, steady)).Append((Date: first, Interval: new Interval(steady, next)))
            .Concat(Dates(new Interval(next, AddClamped(next, MaxOffset))));
        var merged = new List<Interval>();
        foreach (var (_, part) in parts.Where(part => part.Date >= first && part.Date <= last && part.Interval.From < part.Interval.To))
        {
            var joins = merged.Count > 0 && merged[^1].To == part.From;
            var from = joins ? merged[^1].From : part.From;
            merged.RemoveRange(merged.Count - (joins ? 1 : 0), joins ? 1 : 0);
            merged.Add(part with { From = from });
        }

        return merged;
    }

    /// <summary>Splits an interval at the changes of the date. A date may have two parts; a skipped date has none.</summary>
    public IEnumerable<(DateOnly Date, Interval Interval)> Dates(Interval interval) =>
        Split(interval, local => local.Date, TimeSpan.FromDays(1)).Select(part => (DateOnly.FromDateTime(part.Start), part.Interval));

    /// <summary>Splits an interval at full local hours. A local hour that occurs twice has two parts.</summary>
    /// <param name="step">Hours per part; 1 or 2.</param>
    public IEnumerable<(DateTime LocalHour, Interval Interval)> Hours(Interval interval, int step = 1) =>
        Split(interval, local => local.Date.AddHours(local.Hour / step * step), TimeSpan.FromHours(step));

    private IEnumerable<(DateTime Start, Interval Interval)> Split(Interval interval, Func<DateTime, DateTime> startOf, TimeSpan length)
    {
        var from = interval.From;
        while (from < interval.To)
        {
            var start = startOf(LocalTime(from));
            var to = EndOf(from, start, AddClamped(start, length));
            to = to < interval.To ? to : interval.To;
            yield return (start, new Interval(from, to));
            from = to;
        }
    }

    private static DateTime MaxUtc => DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc);

    private DateTime EndOf(DateTime from, DateTime start, DateTime next)
    {
        var end = EndAt(from, LocalTime(from), next);
        var change = NextChange(from, end);
        while (change is { } at)
        {
            var local = LocalTime(at);
            if (local < start || local >= next)
            {
                return at;
            }

            end = EndAt(at, local, next);
            change = NextChange(at, end);
        }

        return end;
    }

    private static DateTime EndAt(DateTime from, DateTime local, DateTime next) =>
        next > local ? AddClamped(from, next - local) : MaxUtc;

    /// <summary>The first time (UTC) with this or a later local time.</summary>
    private DateTime FirstUtcAtOrAfter(DateTime local)
    {
        var from = Utcs(local.Ticks - MaxOffset.Ticks);
        var end = Utcs(local.Ticks + MaxOffset.Ticks);
        while (true)
        {
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

    private DateTime? NextChange(DateTime from, DateTime to)
    {
        var offset = _zone.GetUtcOffset(from);

        // Steps of an hour find every change: some zones changed twice within days, none twice within an hour.
        var next = from;
        while (next < to)
        {
            var step = next;
            next = AddClamped(step, TimeSpan.FromHours(1)) is var hour && hour < to ? hour : to;
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

    private static DateTime AddClamped(DateTime time, TimeSpan by) => DateTime.MaxValue.Ticks - time.Ticks > by.Ticks
        ? time + by
        : DateTime.SpecifyKind(DateTime.MaxValue, time.Kind);

    private static DateTime Utcs(long ticks) =>
        new(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc);

    [GeneratedRegex(@"^(?!(?:posix|right)/)(?:UTC|GMT|[A-Z][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+){0,2})$")]
    private static partial Regex Name();
}
