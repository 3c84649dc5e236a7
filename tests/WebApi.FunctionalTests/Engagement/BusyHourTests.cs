using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Engagement;

public sealed class BusyHourTests : EngagementTest
{
    private const string Hourly = $"{Dashboard}/users/chat-busier/hourly-data";

    // Alice wrote at 11:30, Bob at 11:40; Carol's message at 11:50 was not broadcast.
    [TestCase("2026-06-15T12:00:00.000Z", null, "0,0,0,0,0,0,2,0,0,0,0,0", TestName = "Two users from 10 to 12 UTC")]
    [TestCase("2026-06-15T11:40:00.000Z", null, "0,0,0,0,0,0,1,0,0,0,0,0", TestName = "The end is exclusive")]
    [TestCase("2026-06-16T11:30:00.001Z", null, "0,0,0,0,0,0,1,0,0,0,0,0", TestName = "A day later only the second message still counts")]
    [TestCase("2026-06-16T11:40:00.001Z", null, "0,0,0,0,0,0,0,0,0,0,0,0", TestName = "A day after the second message nothing counts")]
    [TestCase("2026-06-15T12:00:00.000Z", "Europe/Berlin", "0,0,0,0,0,2,0,0,0,0,0,0", TestName = "In Berlin it was 13:30")]
    [TestCase("2026-06-15T12:00:00.000Z", "Asia/Kolkata", "0,0,0,2,0,0,0,0,0,0,0,0", TestName = "In Kolkata it was 17:00")]
    [TestCase("2026-06-15T12:00:00.000Z", "Asia/Kathmandu", "0,0,0,2,0,0,0,0,0,0,0,0", TestName = "In Kathmandu it was 17:15")]
    public async Task Users_are_counted_by_two_hours(string start, string? zone, string expected)
    {
        var response = await GetAsync(Admin, $"{Hourly}?start={start}{(zone is null ? "" : $"&timezone={zone}")}");
        var hours = response["hours"]!.AsArray();
        Assert.That(hours.Select(hour => (int)hour!["hour"]!), Is.EqualTo(Enumerable.Range(0, 12).Select(i => 22 - (2 * i))));
        Assert.That(string.Join(',', hours.Select(hour => (int)hour!["users"]!)), Is.EqualTo(expected));
        Assert.That((bool)response["success"]!);
    }
}
