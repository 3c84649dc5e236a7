using ChatPlatform.Application.Statistics;
using NUnit.Framework;

namespace ChatPlatform.Application.UnitTests.Statistics;

/// <summary>Cases calculated by hand. TimeZoneTests compare every zone with the database.</summary>
internal sealed class LocalCalendarTests
{
    [TestCase("Europe/Berlin", 2026, 3, 29, 23)]
    [TestCase("Europe/Berlin", 2026, 10, 25, 25)]
    [TestCase("Europe/Berlin", 2026, 6, 15, 24)]
    [TestCase("Asia/Kathmandu", 2026, 6, 15, 24)]
    [TestCase("Australia/Lord_Howe", 2026, 4, 5, 24.5)]
    [TestCase("UTC", 2026, 3, 29, 24)]
    public void Days_have_the_length_of_their_zone(string zone, int year, int month, int day, double hours)
    {
        var date = new DateOnly(year, month, day);

        var interval = LocalCalendar.Of(zone).Value.Days(date, date).Single();

        Assert.That((interval.To - interval.From).TotalHours, Is.EqualTo(hours));
    }

    /// <summary>On 2006-10-29 at 00:01 (02:31 UTC) the clock of St. John's went back to 23:01.</summary>
    [TestCase("2006-10-28", "2006-10-28", "02:30-02:30 02:31-03:30")]
    [TestCase("2006-10-29", "2006-10-29", "02:30-02:31 03:30-03:30")]
    [TestCase("2006-10-27", "2006-10-28", "02:30-02:30 02:31-03:30")]
    [TestCase("2006-10-28", "2006-10-29", "02:30-03:30")]
    public void A_date_that_ends_twice_has_two_intervals(string first, string last, string expected)
    {
        var intervals = LocalCalendar.Of("America/St_Johns").Value.Days(DateOnly.Parse(first, null), DateOnly.Parse(last, null));

        Assert.That(string.Join(' ', intervals.Select(interval => $"{interval.From:HH:mm}-{interval.To:HH:mm}")), Is.EqualTo(expected));
    }

    [Test]
    public void Days_of_Kathmandu_start_at_a_quarter_past_in_UTC() =>
        Assert.That(
            LocalCalendar.Of("Asia/Kathmandu").Value.BeginOf(new DateOnly(2026, 6, 15)),
            Is.EqualTo(new DateTime(2026, 6, 14, 18, 15, 0, DateTimeKind.Utc)));

    [TestCase("Nowhere/Town")]
    [TestCase("")]
    [TestCase("../etc/passwd")]
    [TestCase("right/UTC")]
    [TestCase("localtime")]
    public void Other_names_are_refused(string zone) => Assert.That(LocalCalendar.Of(zone).IsSuccess, Is.False);
}
