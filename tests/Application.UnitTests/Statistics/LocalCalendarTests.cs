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

        var interval = LocalCalendar.Of(zone).Value.Days(date, date);

        Assert.That((interval.To - interval.From).TotalHours, Is.EqualTo(hours));
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
