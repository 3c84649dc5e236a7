using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Engagement;

public sealed class BusyHourTests : EngagementTest
{
    private const string Hourly = $"{Dashboard}/users/chat-busier/hourly-data";

    // Alice wrote at 11:30, Bob at 11:40, Carol at 11:50 to nobody.
    [TestCase("2026-06-15T12:00:00.000Z", null, "0,0,0,0,0,0,2,0,0,0,0,0", TestName = "Two in the hours from ten on, UTC")]
    [TestCase("2026-06-15T11:40:00.000Z", null, "0,0,0,0,0,0,1,0,0,0,0,0", TestName = "The moment itself is left out")]
    [TestCase("2026-06-16T11:30:00.001Z", null, "0,0,0,0,0,0,1,0,0,0,0,0", TestName = "A day later the older part of the hours still counts")]
    [TestCase("2026-06-16T11:40:00.001Z", null, "0,0,0,0,0,0,0,0,0,0,0,0", TestName = "A day and a message later it does not")]
    [TestCase("2026-06-15T12:00:00.000Z", "Europe/Berlin", "0,0,0,0,0,2,0,0,0,0,0,0", TestName = "In Berlin it was half past one")]
    [TestCase("2026-06-15T12:00:00.000Z", "Asia/Kolkata", "0,0,0,2,0,0,0,0,0,0,0,0", TestName = "In Kolkata it was five")]
    [TestCase("2026-06-15T12:00:00.000Z", "Asia/Kathmandu", "0,0,0,2,0,0,0,0,0,0,0,0", TestName = "In Kathmandu a quarter past")]
    public async Task Users_are_counted_by_two_hours(string start, string? zone, string expected)
    {
        var response = await GetAsync(Admin, $"{Hourly}?start={start}{(zone is null ? "" : $"&timezone={zone}")}");
        var hours = response["hours"]!.AsArray();
        Assert.That(hours.Select(hour => (int)hour!["hour"]!), Is.EqualTo(Enumerable.Range(0, 12).Select(i => 22 - (2 * i))));
        Assert.That(string.Join(',', hours.Select(hour => (int)hour!["users"]!)), Is.EqualTo(expected));
        Assert.That((bool)response["success"]!);
    }
}
