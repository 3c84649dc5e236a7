using ChatPlatform.Application.Statistics;
using ChatPlatform.Testing;
using Npgsql;
using NUnit.Framework;

namespace ChatPlatform.Infrastructure.IntegrationTests.Statistics;

/// <summary>Compares days and hours of every time zone with PostgreSQL's <c>AT TIME ZONE</c>.</summary>
public sealed class TimeZoneTests : DatabaseTest
{
    private const string Days =
        """
        SELECT format('%s begins at %s', d.date, d.begin)
        FROM unnest($2::date[], $3::timestamptz[]) AS d(date, begin)
        WHERE (d.begin AT TIME ZONE $1)::date < d.date OR ((d.begin - interval '1 microsecond') AT TIME ZONE $1)::date >= d.date
        """;

    private const string Dates =
        """
        SELECT format('%s from %s to %s', d.date, d.begin, d.finish)
        FROM unnest($2::date[], $3::timestamptz[], $4::timestamptz[]) AS d(date, begin, finish)
        WHERE (d.begin AT TIME ZONE $1)::date <> d.date OR ((d.finish - interval '1 microsecond') AT TIME ZONE $1)::date <> d.date
        """;

    private const string Hours =
        """
        SELECT format('%s from %s to %s', h.hour, h.begin, h.finish)
        FROM unnest($2::timestamp[], $3::timestamptz[], $4::timestamptz[]) AS h(hour, begin, finish)
        WHERE date_trunc('hour', h.begin AT TIME ZONE $1) <> h.hour
          OR date_trunc('hour', (h.finish - interval '1 microsecond') AT TIME ZONE $1) <> h.hour
        """;

    /// <summary>
    /// An ordinary year, years in which zones set the clock back from 00:01 to 23:01, and one in which a zone skipped a date (Apia) and
    /// others changed at midnight.
    /// </summary>
    [TestCase(2000)]
    [TestCase(2006)]
    [TestCase(2010)]
    [TestCase(2011)]
    [TestCase(2026)]
    public async Task Days_and_hours_of_every_zone_are_those_of_the_database(int year)
    {
        var zones = await ZonesAsync();
        Assert.That(zones, Has.Count.GreaterThan(300), "zones of the database");
        var wrong = new List<string>();
        foreach (var zone in zones)
        {
            var calendar = LocalCalendar.Of(zone);
            Assert.That(calendar.IsSuccess, Is.True, $"{zone} is unknown");
            var dates = Enumerable.Range(0, 366).Select(day => new DateOnly(year, 1, 1).AddDays(day)).ToArray();
            var begins = dates.Select(calendar.Value.BeginOf).ToArray();
            wrong.AddRange((await RowsAsync(Days, zone, dates, begins)).Select(row => $"{zone}: {row}"));

            var parts = calendar.Value.Dates(new Interval(begins[0], begins[^1])).ToArray();
            wrong.AddRange((await RowsAsync(
                Dates,
                zone,
                parts.Select(part => part.Date).ToArray(),
                parts.Select(part => part.Interval.From).ToArray(),
                parts.Select(part => part.Interval.To).ToArray())).Select(row => $"{zone}: {row}"));

            // Every hour of days with a change of the offset, and of some others.
            var uneven = begins.Zip(begins.Skip(1))
                .Where((day, index) => day.Second - day.First != TimeSpan.FromHours(24) || index % 90 == 0);
            var hours = uneven
                .SelectMany(day => calendar.Value.Hours(new Interval(day.First.AddHours(-3), day.Second.AddHours(3)))).ToArray();
            wrong.AddRange((await RowsAsync(
                Hours,
                zone,
                hours.Select(hour => hour.LocalHour).ToArray(),
                hours.Select(hour => hour.Interval.From).ToArray(),
                hours.Select(hour => hour.Interval.To).ToArray())).Select(row => $"{zone}: {row}"));
        }

        Assert.That(wrong, Is.Empty);
    }

    [TestCase("Europe/Berlin", "2026-03-29", 23)]
    [TestCase("Europe/Berlin", "2026-10-25", 25)]
    [TestCase("Australia/Lord_Howe", "2026-04-05", 24.5)]
    [TestCase("Pacific/Apia", "2011-12-30", 0)]
    [TestCase("America/Havana", "2026-03-08", 23)]
    [TestCase("America/Havana", "2026-11-01", 25)]
    [TestCase("Asia/Kathmandu", "2026-06-15", 24)]
    [TestCase("America/St_Johns", "2006-10-28", 24 + (59 / 60.0))]
    [TestCase("America/St_Johns", "2006-10-29", 24 + (1 / 60.0))]
    public void Days_have_the_length_of_their_zone(string zone, string date, double hours)
    {
        var day = DateOnly.ParseExact(date, "yyyy-MM-dd");
        var intervals = LocalCalendar.Of(zone).Value.Days(day, day);
        Assert.That(intervals.Sum(interval => (interval.To - interval.From).TotalHours), Is.EqualTo(hours).Within(1e-9));
    }

    [TestCase("posix/Europe/Berlin")]
    [TestCase("right/Europe/Berlin")]
    [TestCase("localtime")]
    [TestCase("../zoneinfo/UTC")]
    [TestCase("/etc/passwd")]
    [TestCase("Europe/Berlin\n")]
    [TestCase("Mars/Olympus")]
    [TestCase("")]
    public void Other_names_are_refused(string name) => Assert.That(LocalCalendar.Of(name).IsSuccess, Is.False);

    /// <summary>Without CET and a few others, which AT TIME ZONE interprets as abbreviations, without daylight saving time.</summary>
    private async Task<List<string>> ZonesAsync() => await RowsAsync(
        """
        SELECT name FROM pg_timezone_names
        WHERE name !~ '^(posix|right)/|^[a-z]|^Factory$' AND name NOT IN (SELECT abbrev FROM pg_timezone_abbrevs)
        ORDER BY name
        """);

    private async Task<List<string>> RowsAsync(string sql, params object[] parameters)
    {
        await using var command = DataSource.CreateCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
