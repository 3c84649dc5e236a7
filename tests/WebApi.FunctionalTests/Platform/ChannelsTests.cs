using System.Net;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

public sealed class ChannelsTests : PlatformTest
{
    [Test]
    public async Task Group_is_created_with_its_creator_and_members()
    {
        var created = await PostAsync("/v1/channels", $$$"""
            {"type":"PUBLIC","name":"garden","displayName":"The Garden","creator":{"username":"alice"},
             "members":[{"id":{{{Bob.Id}}}},{"username":"alice"}],"properties":{"Topic":"roses"}}
            """);
        var found = await GetAsync($"/v1/channels/{created["id"]}");

        Assert.That(found.ToJsonString(), Is.EqualTo(created.ToJsonString()));
        Approved.Matches(created.ToJsonString(), "Platform/channel-public");
        Assert.That(Ids(await GetAsync($"/v1/channels/{created["id"]}/members"), "users"), Is.EqualTo([Alice.Id, Bob.Id]));
    }

    [Test]
    public async Task Group_without_a_name_gets_a_random_one()
    {
        var created = await PostAsync("/v1/channels", """{"type":"PRIVATE"}""");

        Assert.That(Guid.TryParse((string)created["name"]!, out _), $"{created["name"]}");
        Assert.That((string)created["displayName"]!, Is.EqualTo((string)created["name"]!));
        Assert.That(created["creator"], Is.Null);
    }

    [Test]
    public async Task Direct_channel_shows_its_members_and_is_unique_for_them()
    {
        var created = await PostAsync("/v1/channels", """
            {"type":"DIRECT","creator":{"username":"carol"},"members":[{"username":"bob"}]}
            """);
        var again = await PostAsync("/v1/channels", """
            {"type":"DIRECT","members":[{"username":"bob"},{"username":"carol"},{"username":"bob"}]}
            """);

        Approved.Matches(created.ToJsonString(), "Platform/channel-direct");
        Assert.That(again.ToJsonString(), Is.EqualTo(created.ToJsonString()));
    }

    [Test]
    public async Task Channel_supports_snake_case()
    {
        var response = await SendAsync(
            HttpMethod.Get, $"/v1/channels/{Lobby.Id}", null, HttpStatusCode.OK, accept: "application/vnd.chatkitty+json");

        Approved.Matches(response.ToJsonString(), "Platform/channel-snake-case");
    }

    [Test]
    public async Task Taken_name_returns_the_channel_of_that_type_or_is_rejected()
    {
        var same = await PostAsync("/v1/channels", """{"type":"PUBLIC","name":"lobby","displayName":"Other"}""");
        var other = await PostAsync("/v1/channels", """{"type":"PRIVATE","name":"lobby"}""", HttpStatusCode.BadRequest);

        Assert.That((long)same["id"]!, Is.EqualTo(Lobby.Id));
        Assert.That((string)same["displayName"]!, Is.EqualTo("The Lobby"));
        Assert.That(other["properties"]!["name"], Is.Not.Null);
    }

    [TestCase("""{}""", "type")]
    [TestCase("""{"type":"OPEN"}""", "type")]
    [TestCase("""{"type":1}""", "type")]
    [TestCase("""{"type":"DIRECT"}""", "members")]
    [TestCase("""{"type":"PUBLIC","name":""}""", "name")]
    [TestCase("""{"type":"PUBLIC","members":[{"username":"nobody"}]}""", "members[0]")]
    [TestCase("""{"type":"PUBLIC","members":[{"id":1},{"id":5}]}""", "members[1]")]
    [TestCase("""{"type":"PUBLIC","members":[{"id":7}]}""", "members[0]")]
    [TestCase("""{"type":"PUBLIC","members":[{}]}""", "members[0]")]
    [TestCase("""{"type":"PUBLIC","members":[null]}""", "members[0]")]
    [TestCase("""{"type":"PUBLIC","members":"alice"}""", "members")]
    [TestCase("""{"type":"PUBLIC","creator":{"id":"one"}}""", "creator.id")]
    [TestCase("""{"type":"PUBLIC","creator":{"id":99}}""", "creator")]
    public async Task Invalid_channel_is_rejected_with_the_field_name(string json, string field)
    {
        var refused = await PostAsync("/v1/channels", json, HttpStatusCode.BadRequest);

        Assert.That(refused["properties"]!.AsObject().Select(pair => pair.Key), Does.Contain(field), refused.ToJsonString());
    }

    [Test]
    public async Task Members_may_be_an_empty_object()
    {
        var created = await PostAsync("/v1/channels", """{"type":"PUBLIC","members":{}}""");

        Assert.That(Ids(await GetAsync($"/v1/channels/{created["id"]}/members"), "users"), Is.Empty);
    }

    [Test]
    public async Task Direct_channel_has_at_most_ten_members()
    {
        var members = new JsonArray();
        for (var i = 0; i < 11; i++)
        {
            await PostAsync("/v1/users", $$"""{"name":"u{{i}}","displayName":"U"}""");
            members.Add(new JsonObject { ["username"] = $"u{i}" });
        }

        await PostAsync(
            "/v1/channels", new JsonObject { ["type"] = "DIRECT", ["members"] = members }.ToJsonString(), HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Latest_broadcast_message_is_shown()
    {
        var lobby = await GetAsync($"/v1/channels/{Lobby.Id}");
        var staff = await GetAsync($"/v1/channels/{Staff.Id}");

        Assert.That((long)lobby["lastReceivedMessage"]!["id"]!, Is.EqualTo(SystemMessage));
        Assert.That(lobby["lastReceivedMessage"]!["_links"], Is.Null);
        Assert.That(staff["lastReceivedMessage"], Is.Null);
    }

    [TestCase("", "1,2,3,4")]
    [TestCase("type=PUBLIC", "1,3")]
    [TestCase("type=DIRECT", "4")]
    [TestCase("members=bob", "1,2,4")]
    [TestCase("members=bob&members=carol", "1")]
    [TestCase("members=nobody", "")]
    [TestCase("members=bob&type=PRIVATE", "2")]
    [TestCase("startTime=2026-06-15T12:00:00Z", "1,2,3,4")]
    [TestCase("startTime=2026-06-15T14:00:00%2B02:00", "1,2,3,4")]
    [TestCase("startTime=2026-06-15T12:00:00.000001Z", "")]
    [TestCase("endTime=2026-06-15T12:00:00Z", "")]
    [TestCase("sort=name,desc", "4,2,1,3")]
    [TestCase("sort=type,desc&sort=id,desc", "4,2,3,1")]
    public async Task Lists_are_filtered_and_sorted(string query, string ids)
    {
        Assert.That(string.Join(',', Ids(await GetAsync($"/v1/channels?{query}"), "channels")), Is.EqualTo(ids));
    }

    [TestCase("type=OPEN")]
    [TestCase("startTime=yesterday")]
    [TestCase("startTime=2026-06-16T00:00:00Z&endTime=2026-06-15T00:00:00Z")]
    [TestCase("properties=%5B%5D")]
    [TestCase("sort=members")]
    public Task Malformed_filters_are_rejected(string query) => GetAsync($"/v1/channels?{query}", HttpStatusCode.BadRequest);

    [Test]
    public async Task Channel_of_another_application_gives_404()
    {
        var theirs = await GetAsync($"/v1/channels/{HillsideLobby.Id}", HttpStatusCode.NotFound);
        var nobodys = await GetAsync("/v1/channels/999", HttpStatusCode.NotFound);

        Assert.That(theirs.ToJsonString(), Is.EqualTo(nobodys.ToJsonString()));
    }

    [Test]
    public async Task Long_lists_take_no_more_commands_than_short_ones()
    {
        var few = await CountAsync();
        for (var i = 0; i < 30; i++)
        {
            await PostAsync("/v1/channels", """{"type":"PUBLIC","creator":{"id":1}}""");
            await PostAsync("/v1/users", $$"""{"name":"u{{i}}","displayName":"U"}""");
            var direct = await PostAsync("/v1/channels", $$$"""{"type":"DIRECT","members":[{"id":1},{"username":"u{{{i}}}"}]}""");
            await PostAsync($"/v1/channels/{direct["id"]}/messages", """{"type":"TEXT","body":"hi","user":{"id":1}}""");
        }

        Assert.That(await CountAsync(), Is.EqualTo(few));
    }

    private async Task<int> CountAsync()
    {
        using var counter = CommandCounter.Start();
        await GetAsync("/v1/channels?size=200");
        return counter.Count;
    }
}
