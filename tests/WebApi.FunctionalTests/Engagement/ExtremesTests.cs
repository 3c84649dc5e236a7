using System.Net;
using System.Net.Http.Json;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Engagement;

/// <summary>Times at the ends of the calendar, long periods, ties, direct rooms and guests.</summary>
public sealed class ExtremesTests : EngagementTest
{
    private const string First = "0001-01-01T00:00:00.000Z";
    private const string Last = "9999-12-31T23:59:59.999Z";

    private const string Day = "start=2026-06-15T12:00:00.000Z&end=2026-06-15T12:00:00.000Z";

    private static readonly string[] Reports =
    [
        "channels/list", "users/chat-busier/hourly-data", "users/chat-busier/weekly-data", "users/users-by-time-of-the-day-in-a-week",
        "users/active-users", "users/new-users", "messages/messages-sent", "messages/origin", "messages/top-five-popular-channels",
    ];

    private static readonly string[] Periods =
    [
        $"start={First}&end={First}", $"start={Last}&end={Last}", $"start={First}&end=0001-01-09T00:00:00.000Z",
        $"start=9999-12-24T00:00:00.000Z&end={Last}", "start=1752-09-02T00:00:00.000Z&end=1752-09-14T00:00:00.000Z",
    ];

    [Test]
    public async Task Ends_of_the_calendar_are_accepted_in_every_zone(
        [ValueSource(nameof(Reports))] string report, [Values("UTC", "Pacific/Kiritimati", "Etc/GMT+12")] string zone)
    {
        var admin = Admin;
        foreach (var period in Periods)
        {
            var response = await GetAsync(admin, $"{Dashboard}/{report}?{period}&timezone={Uri.EscapeDataString(zone)}");
            Assert.That((bool)response["success"]!, $"{report} {period} {zone}");
        }
    }

    [TestCaseSource(nameof(Reports))]
    public async Task Ten_years_are_accepted_and_more_are_refused(string report)
    {
        var address = $"{Dashboard}/{report}?start=2020-02-29T00:00:00.000Z&end=2030-02-28T00:00:00";
        var response = await GetAsync(Admin, $"{address}.000Z");
        Assert.That((bool)response["success"]!);
        if (response["period"] is { } period)
        {
            Assert.That((long)period["count"]!, Is.EqualTo(report.EndsWith("new-users", StringComparison.Ordinal) ? 6 : 2));
            Assert.That(response["days"]!.AsArray(), Has.Count.EqualTo(3_653), "each day, including zeros");
        }

        if (!report.Contains("chat-busier", StringComparison.Ordinal))
        {
            Assert.That(
                await ErrorOfAsync(Admin, $"{address}.001Z", HttpStatusCode.BadRequest),
                Is.EqualTo("""
                    {"success":false,"error":"end must be at most 10 years after the start [error-engagement-period-too-long]"}
                    """));
        }
    }

    [TestCase("count=0", 4)]
    [TestCase("count=2147483647", 4)]
    [TestCase("count=2147483648", 4)]
    [TestCase("offset=2147483647", 0)]
    [TestCase("offset=99999999999999999999", 0)]
    [TestCase("count=00000000000000000000002", 2)]
    public async Task Huge_counts_are_accepted(string page, int rows)
    {
        var response = await GetAsync(
            Admin, $"{Dashboard}/channels/list?start=2026-06-15T12:00:00.000Z&end=2026-06-15T12:00:00.000Z&{page}");
        Assert.That(((int)response["total"]!, (int)response["count"]!), Is.EqualTo((4, rows)));
    }

    [TestCase("count=-1", "count")]
    [TestCase("count=%2B1", "count")]
    [TestCase("count=1e2", "count")]
    [TestCase("count=", "count")]
    [TestCase("count=%D9%A1", "count", Description = "a digit, but not an ASCII one")]
    [TestCase("offset=-99999999999999999999", "offset")]
    [TestCase("count=1&count=1", "count")]
    [TestCase("timezone=", "timezone")]
    [TestCase("timezone=UTC%00", "timezone")]
    [TestCase("timezone=posixrules", "timezone")]
    [TestCase("timezone=%2B02:00", "timezone")]
    [TestCase("timezone=UTC&timezone=UTC", "timezone")]
    public async Task Invalid_numbers_and_zones_are_refused(string parameter, string field) => Assert.That(
        await ErrorOfAsync(
            Admin,
            $"{Dashboard}/channels/list?start=2026-06-15T12:00:00.000Z&end=2026-06-15T12:00:00.000Z&{parameter}",
            HttpStatusCode.BadRequest),
        Is.EqualTo($$"""{"success":false,"error":"Match error: Failed Match.Where validation in field {{field}}"}"""));

    [Test]
    public async Task Ties_go_to_the_older_room_and_direct_rooms_show_their_members()
    {
        var admin = Admin;
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            await PostAsync(admin, "/api/v1/channels.create", new { name });
        }

        var rooms = (await GetAsync(admin, List("")))["channels"]!.AsArray().Select(room => (string)room!["room"]!["_id"]!).ToList();
        foreach (var id in rooms.Where(id => id is not ("1" or "3")).Reverse())
        {
            await PostAsync(admin, "/api/v1/chat.sendMessage", new { message = new { rid = id, msg = "x" } });
            await PostAsync(admin, "/api/v1/chat.sendMessage", new { message = new { rid = id, msg = "y" } });
        }

        var listed = (await GetAsync(admin, List("")))["channels"]!.AsArray();
        Assert.That(
            listed.Select(room => (string)room!["room"]!["_id"]!),
            Is.EqualTo(new[] { "1", "2", "4" }.Concat(rooms.Except(["1", "2", "3", "4"])).Append("3")),
            "two messages in each room but the last");
        var popular = (await GetAsync(admin, $"{Dashboard}/messages/top-five-popular-channels?{Day}"))["channels"]!.AsArray();
        Assert.That(
            popular.Select(room => room!.ToJsonString()),
            Is.EqualTo(new[]
            {
                """{"messages":2,"t":"c","name":"lobby"}""", """{"messages":2,"t":"p","name":"staff"}""",
                """{"messages":2,"t":"d","usernames":["alice","bob"]}""", """{"messages":2,"t":"c","name":"a"}""",
                """{"messages":2,"t":"c","name":"b"}""",
            }));
        var pages = new List<string>();
        for (var offset = 0; offset < 8; offset += 3)
        {
            var page = await GetAsync(admin, List($"&count=3&offset={offset}"));
            pages.AddRange(page["channels"]!.AsArray().Select(room => (string)room!["room"]!["_id"]!));
        }

        Assert.That(pages, Is.EqualTo(listed.Select(room => (string)room!["room"]!["_id"]!)), "ties keep their order over pages");
    }

    [Test]
    public async Task Guests_count_but_system_and_unbroadcast_messages_do_not()
    {
        var program = ClientFor(Testing.SeededCommunity.Riverside);
        foreach (var body in new object[]
        {
            new { type = "TEXT", body = "as a guest", user = new { username = "guest-1" } },
            new { type = "TEXT", body = "silenced", user = new { username = "carol" } },
            new { type = "TEXT", body = "as the system" },
        })
        {
            using var sent = await program.PostAsJsonAsync(new Uri("/v1/channels/1/messages", UriKind.Relative), body);
            Assert.That(sent.IsSuccessStatusCode, await sent.Content.ReadAsStringAsync());
        }

        var counts = await GetAsync(Admin, $"{Dashboard}/messages/messages-sent?{Day}");
        var active = await GetAsync(Admin, $"{Dashboard}/users/active-users?{Day}");
        Assert.That((long)counts["period"]!["count"]!, Is.EqualTo(3), "two from the morning and the guest's");
        Assert.That(
            active["month"]![0]!["usersList"]!.AsArray().Select(id => (string)id!),
            Is.EqualTo(new[] { "1", "2", $"{Testing.SeededCommunity.Guest.Id}" }));
    }

    private static string List(string page) => $"{Dashboard}/channels/list?{Day}{page}";

    private static async Task PostAsync(HttpClient client, string address, object body)
    {
        using var content = JsonContent.Create(body);
        await SendAsync(client, HttpMethod.Post, address, content);
    }
}
