using ChatPlatform.Application.Statistics;
using NUnit.Framework;

namespace ChatPlatform.Application.UnitTests.Statistics;

/// <summary>Cases counted by hand; every zone is compared with the database elsewhere.</summary>
internal sealed class LocalCalendarTests
{
    [TestCase("Europe/Berlin", 2026, 3, 29, 23)]
    [TestCase("Europe/Berlin", 2026, 10, 25, 25)]
    [TestCase("Europe/Berlin", 2026, 6, 15, 24)]
    [TestCase("Asia/Kathmandu", 2026, 6, 15, 24)]
    [TestCase("Australia/Lord_Howe", 2026, 4, 5, 24.5)]
    [TestCase("UTC", 2026, 3, 29, 24)]
    public void A_day_is_as_long_as_its_zone_says(string zone, int year, int month, int day, double hours)
    {
        var date = new DateOnly(year, month, day);

        var interval = LocalCalendar.Of(zone).Value.Days(date, date);

        Assert.That((interval.To - interval.From).TotalHours, Is.EqualTo(hours));
    }

    [Test]
    public void A_day_begins_at_a_quarter_hour_of_utc_where_the_zone_says_so() =>
        Assert.That(
            LocalCalendar.Of("Asia/Kathmandu").Value.BeginOf(new DateOnly(2026, 6, 15)),
            Is.EqualTo(new DateTime(2026, 6, 14, 18, 15, 0, DateTimeKind.Utc)));

    [TestCase("Nowhere/Town")]
    [TestCase("")]
    [TestCase("../etc/passwd")]
    [TestCase("right/UTC")]
    [TestCase("localtime")]
    public void What_is_no_zone_is_refused(string zone) => Assert.That(LocalCalendar.Of(zone).IsSuccess, Is.False);
}
