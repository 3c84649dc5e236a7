using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

public sealed class NotificationMuteAndReadTests : NotificationTest
{
    [Test]
    public async Task Notifications_of_muted_channels_are_marked_as_muted()
    {
        var channel = await PostAsync("/v1/channels/2/mute", """{"username":"bob"}""");
        await PostAsync("/v1/channels/2/mute", """{"id":2}""");
        await SendMessageAsync(Staff.Id, "one", Alice);
        await SendMessageAsync(AliceAndBob.Id, "two", Alice);
        await FollowAsync();
        await PostAsync("/v1/channels/2/unmute", """{"username":"bob"}""");
        await SendMessageAsync(Staff.Id, "three", Alice);
        await FollowAsync();

        Assert.That((long)channel["id"]!, Is.EqualTo(Staff.Id));
        var page = await NotificationsAsync(Bob);
        Assert.That(
            Values(page, "notifications", "body").Zip(Values(page, "notifications", "muted")),
            Is.EqualTo(new[] { ("three", "false"), ("two", "false"), ("one", "true") }));
    }

    [TestCase("{}")]
    [TestCase("""{"username":"carol"}""")]
    [TestCase("""{"username":"nobody"}""")]
    [TestCase("""{"id":7}""")]
    public async Task Muting_requires_membership(string user)
    {
        foreach (var operation in new[] { "mute", "unmute" })
        {
            var refused = await PostAsync($"/v1/channels/2/{operation}", user, HttpStatusCode.BadRequest);
            Assert.That(refused["properties"]!["user"], Is.Not.Null);
            await PostAsync($"/v1/channels/5/{operation}", """{"id":1}""", HttpStatusCode.NotFound);
        }
    }

    [Test]
    public async Task Read_time_is_set_once()
    {
        await SendMessageAsync(Staff.Id, "one", Alice);
        await FollowAsync();
        var id = Ids(await NotificationsAsync(Bob), "notifications")[0];
        Clock.Advance(TimeSpan.FromSeconds(5));

        var read = await PostAsync($"/v1/notifications/{id}/read", "");
        Clock.Advance(TimeSpan.FromSeconds(5));
        var again = await PostAsync($"/v1/notifications/{id}/read", "");

        Assert.That((string)read["readTime"]!, Does.StartWith("2026-06-15T12:00:06"));
        Assert.That(again.ToJsonString(), Is.EqualTo(read.ToJsonString()));
        Assert.That(JsonNode.DeepEquals((await NotificationsAsync(Bob))["_embedded"]!["notifications"]![0], read));
        await PostAsync("/v1/notifications/99/read", "", HttpStatusCode.NotFound);
        await SendAsync(HttpMethod.Post, $"/v1/notifications/{id}/read", "", HttpStatusCode.NotFound, client: ClientFor(Hillside));
    }
}
