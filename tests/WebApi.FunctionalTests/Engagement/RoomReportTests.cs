using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Engagement;

public sealed class RoomReportTests : EngagementTest
{
    private const string List = $"{Dashboard}/channels/list";
    private const string Today = "start=2026-06-15T00:00:00.000Z&end=2026-06-15T23:59:59.999Z";

    [Test]
    public async Task Rooms_are_sorted_by_messages_including_zeros() => Assert.That(
        (await GetAsync(Admin, $"{List}?{Today}")).ToJsonString(),
        Is.EqualTo(Json.Parse(
            """
            {"channels":[
              {"room":{"_id":"1","name":"lobby","ts":"2026-06-15T12:00:00.000Z","t":"c","_updatedAt":"2026-06-15T12:00:00.000Z"},
               "messages":2,"lastWeekMessages":0,"diffFromLastWeek":2},
              {"room":{"_id":"2","name":"staff","ts":"2026-06-15T12:00:00.000Z","t":"p","_updatedAt":"2026-06-15T12:00:00.000Z"},
               "messages":0,"lastWeekMessages":0,"diffFromLastWeek":0},
              {"room":{"_id":"3","name":"archive","ts":"2026-06-15T12:00:00.000Z","t":"c","_updatedAt":"2026-06-15T12:00:00.000Z"},
               "messages":0,"lastWeekMessages":0,"diffFromLastWeek":0},
              {"room":{"_id":"4","usernames":["alice","bob"],"ts":"2026-06-15T12:00:00.000Z","t":"d",
                "_updatedAt":"2026-06-15T12:00:00.000Z"},
               "messages":0,"lastWeekMessages":0,"diffFromLastWeek":0}],
             "total":4,"offset":0,"count":4,"success":true}
            """).ToJsonString()));

    [TestCase("&count=2", "1,2", 4, 0)]
    [TestCase("&count=2&offset=2", "3,4", 4, 2)]
    [TestCase("&count=3&offset=3", "4", 4, 3)]
    [TestCase("&offset=4", "", 4, 4)]
    [TestCase("&offset=1000000", "", 4, 1_000_000)]
    [TestCase("&count=0", "1,2,3,4", 4, 0)]
    [TestCase("&hideRoomsWithNoActivity=true", "1", 1, 0)]
    [TestCase("&hideRoomsWithNoActivity=false&count=1", "1", 4, 0)]
    [TestCase("&hideRoomsWithNoActivity=true&offset=1", "", 1, 1)]
    public async Task Rooms_are_paged(string page, string ids, int total, int offset)
    {
        var response = await GetAsync(Admin, $"{List}?{Today}{page}");
        var rooms = response["channels"]!.AsArray();
        Assert.That(string.Join(',', rooms.Select(room => (string)room!["room"]!["_id"]!)), Is.EqualTo(ids));
        Assert.That(((int)response["total"]!, (int)response["offset"]!, (int)response["count"]!), Is.EqualTo((total, offset, rooms.Count)));
    }

    [TestCase("2026-06-16", "2026-06-16", null, 0, 2)]
    [TestCase("2026-06-14", "2026-06-15", null, 2, 0)]
    [TestCase("2026-06-16", "2026-06-18", null, 0, 2)]
    [TestCase("2026-06-17", "2026-06-17", null, 0, 0)]
    [TestCase("2026-06-15", "2026-06-15", "Asia/Tokyo", 2, 0)]
    [TestCase("2026-06-15", "2026-06-15", "Pacific/Kiritimati", 0, 0)]
    public async Task Days_are_whole_days_of_the_time_zone(string start, string end, string? zone, int messages, int before)
    {
        var timeZone = zone is null ? "" : $"&timezone={zone}";
        var response = await GetAsync(Admin, $"{List}?start={start}T09:00:00.000Z&end={end}T09:00:00.000Z{timeZone}&count=1");
        var lobby = response["channels"]![0]!;
        Assert.That(((int)lobby["messages"]!, (int)lobby["lastWeekMessages"]!), Is.EqualTo((messages, before)));
        Assert.That((int)lobby["diffFromLastWeek"]!, Is.EqualTo(messages - before));
    }

    [Test]
    public async Task Tenants_see_only_their_own_rooms()
    {
        var response = await GetAsync(LoginFor(SeededCommunity.Hillside, SeededCommunity.HillsideAlice), $"{List}?{Today}");
        Assert.That(((int)response["total"]!, (string)response["channels"]![0]!["room"]!["_id"]!), Is.EqualTo((1, "5")));
    }
}
