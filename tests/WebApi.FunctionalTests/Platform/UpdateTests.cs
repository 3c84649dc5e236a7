using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Merge patches (RFC 7396) of users, channels and messages.</summary>
public sealed class UpdateTests : PlatformTest
{
    [Test]
    public async Task User_is_changed_where_the_patch_says_so()
    {
        var patched = await PatchAsync("/v1/users/4", """
            {"displayName":"Gina","isGuest":false,"presence":{"status":"AWAY"},"callStatus":"IN_CALL",
             "properties":{"a":1,"b":{"c":2,"d":3}}}
            """);
        var again = await PatchAsync("/v1/users/4", """{"properties":{"a":null,"b":{"d":null},"e":[null]}}""");

        Assert.That((string)patched["displayName"]!, Is.EqualTo("Gina"));
        Assert.That((bool)patched["isGuest"]!, Is.False);
        Assert.That(patched["presence"]!.ToJsonString(), Is.EqualTo("""{"status":"AWAY","online":false}"""));
        Assert.That((string)patched["callStatus"]!, Is.EqualTo("IN_CALL"));
        Assert.That((string)again["displayName"]!, Is.EqualTo("Gina"));
        AssertJson(again["properties"]!, """{"b":{"c":2},"e":[null]}""");
        Assert.That((await GetAsync("/v1/users/4")).ToJsonString(), Is.EqualTo(again.ToJsonString()));
    }

    [Test]
    public async Task Null_goes_back_to_the_default()
    {
        await PatchAsync("/v1/users/1", """{"presence":{"status":"AWAY"},"properties":{"a":1}}""");

        var patched = await PatchAsync("/v1/users/1", """{"displayName":null,"presence":null,"properties":null}""");

        Assert.That((string)patched["displayName"]!, Is.EqualTo("alice"));
        Assert.That((string)patched["presence"]!["status"]!, Is.EqualTo("UNAVAILABLE"));
        AssertJson(patched["properties"]!, "{}");
    }

    [TestCase("application/json+merge-patch")]
    [TestCase("application/merge-patch+json")]
    [TestCase("application/json")]
    [TestCase("application/vnd.chatkitty+json")]
    public async Task Every_media_type_of_patches_is_read_in_either_case(string contentType)
    {
        var patched = await SendAsync(HttpMethod.Patch, "/v1/users/1", """{"display_name":"A."}""", HttpStatusCode.OK, contentType);

        Assert.That((string)patched["displayName"]!, Is.EqualTo("A."));
    }

    [Test]
    public async Task A_patch_without_a_body_changes_nothing()
    {
        var before = await GetAsync("/v1/channels/1");

        var after = await SendAsync(HttpMethod.Patch, "/v1/channels/1", null, HttpStatusCode.OK);

        Assert.That(after.ToJsonString(), Is.EqualTo(before.ToJsonString()));
        Assert.That(await CountEventsAsync("channel.updated"), Is.EqualTo(1), "only that of the seeded archive");
    }

    [TestCase("/v1/users/1", """{"displayName":""}""", "displayName")]
    [TestCase("/v1/users/1", """{"displayName":5}""", "displayName")]
    [TestCase("/v1/users/1", """{"isGuest":"no"}""", "isGuest")]
    [TestCase("/v1/users/1", """{"presence":{"status":7}}""", "presence")]
    [TestCase("/v1/users/1", """{"properties":[1]}""", "properties")]
    [TestCase("/v1/users/1", """{"properties":{"a":"\u0000"}}""", "properties")]
    [TestCase("/v1/users/1", """[]""", "body")]
    [TestCase("/v1/users/1", """{"callStatus":"BUSY"}""", "callStatus")]
    [TestCase("/v1/channels/4", """{"displayName":"x"}""", "displayName")]
    [TestCase("/v1/channels/1", """{"active":"yes"}""", "active")]
    [TestCase("/v1/messages/5", """{"body":null}""", "body")]
    [TestCase("/v1/messages/5", """{"body":""}""", "body")]
    public async Task Bad_patch_is_refused_with_the_fields_name(string path, string patch, string field)
    {
        var refused = await PatchAsync(path, patch, HttpStatusCode.BadRequest);

        Assert.That(refused["properties"]!.AsObject().Select(pair => pair.Key), Does.Contain(field), refused.ToJsonString());
    }

    [Test]
    public async Task Properties_stay_within_their_bound_however_they_grow()
    {
        var half = new string('x', 40_000);
        await PatchAsync("/v1/users/1", $$$"""{"properties":{"a":"{{{half}}}"}}""");

        var refused = await PatchAsync("/v1/users/1", $$$"""{"properties":{"b":"{{{half}}}"}}""", HttpStatusCode.BadRequest);

        Assert.That(refused["properties"]!["properties"], Is.Not.Null);
        Assert.That((await GetAsync("/v1/users/1"))["properties"]!["b"], Is.Null);
    }

    [Test]
    public async Task A_member_given_twice_counts_as_given_last()
    {
        var patched = await PatchAsync("/v1/users/1", """{"properties":{"a":1,"a":2}}""");

        AssertJson(patched["properties"]!, """{"a":2}""");
    }

    [Test]
    public async Task Channel_is_renamed_described_and_switched_off_and_on()
    {
        var patched = await PatchAsync("/v1/channels/1", """{"displayName":"Foyer","properties":{"a":1},"active":false}""");
        var muted = await PostAsync("/v1/channels/1/messages", """{"type":"TEXT","body":"x","user":{"id":1}}""");
        var again = await PatchAsync("/v1/channels/1", """{"displayName":null,"active":null}""");

        Assert.That((string)patched["displayName"]!, Is.EqualTo("Foyer"));
        Assert.That((bool)patched["active"]!, Is.False);
        Assert.That((string)again["displayName"]!, Is.EqualTo("lobby"));
        Assert.That((bool)again["active"]!, Is.True);
        AssertJson(again["properties"]!, """{"a":1}""");
        Assert.That(Ids(await GetAsync("/v1/channels/1/messages"), "messages"), Does.Not.Contain((long)muted["id"]!));
    }

    [Test]
    public async Task Edited_message_says_when_and_keeps_what_it_said()
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        var first = await PatchAsync($"/v1/messages/{Greeting}", """{"body":"Good evening","properties":{"mood":"calm"}}""");
        Clock.Advance(TimeSpan.FromMinutes(1));
        var second = await PatchAsync($"/v1/messages/{Greeting}", """{"body":"Good night"}""");
        var same = await PatchAsync($"/v1/messages/{Greeting}", """{"body":"Good night"}""");
        var versions = await GetAsync($"/v1/messages/{Greeting}/versions");

        Assert.That((string)first["lastEditedTime"]!, Is.EqualTo("2026-06-15T12:01:00.000000Z"));
        Assert.That((string)second["lastEditedTime"]!, Is.EqualTo("2026-06-15T12:02:00.000000Z"));
        AssertJson(second["properties"]!, """{"mood":"calm"}""");
        Assert.That(same.ToJsonString(), Is.EqualTo(second.ToJsonString()));
        Assert.That(Values(versions, "versions", "body"), Is.EqualTo(["Good morning", "Good evening", "Good night"]));
        Assert.That((int)second["repliesCount"]!, Is.EqualTo(1));
    }

    [Test]
    public async Task Properties_alone_are_no_edit()
    {
        var patched = await PatchAsync($"/v1/messages/{Greeting}", """{"properties":{"a":1}}""");

        Assert.That(patched["lastEditedTime"], Is.Null);
    }

    [Test]
    public async Task A_file_has_no_text_to_edit()
    {
        var file = await PostAsync("/v1/channels/1/messages", """
            {"type":"FILE","file":{"url":"https://example.com/a","name":"a","contentType":"text/plain","size":1}}
            """);

        await PatchAsync($"/v1/messages/{file["id"]}", """{"body":"x"}""", HttpStatusCode.BadRequest);
    }

    [TestCase("/v1/users/7")]
    [TestCase("/v1/users/5")]
    [TestCase("/v1/channels/5")]
    [TestCase("/v1/messages/10")]
    public async Task Rows_of_others_are_not_there(string path)
    {
        await PatchAsync(path, """{"properties":{}}""", HttpStatusCode.NotFound);
        await DeleteAsync(path, HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Many_patches_at_once_lose_nothing_that_was_answered_with_success()
    {
        var answered = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, "/v1/users/1")
            {
                Content = new StringContent($$$"""{"properties":{"k{{{i}}}":{{{i}}}}}""", System.Text.Encoding.UTF8, "application/json"),
            };
            using var response = await Caller.SendAsync(request);
            return (Key: $"k{i}", response.StatusCode);
        }));

        var properties = (await GetAsync("/v1/users/1"))["properties"]!.AsObject();
        Assert.That(answered.Select(answer => answer.StatusCode), Is.All.AnyOf(HttpStatusCode.OK, HttpStatusCode.Conflict));
        Assert.That(
            properties.Select(pair => pair.Key),
            Is.EquivalentTo(answered.Where(answer => answer.StatusCode == HttpStatusCode.OK).Select(answer => answer.Key)));
    }

    private async Task<long> CountEventsAsync(string type)
    {
        await using var command = Database.DataSource.CreateCommand("select count(*) from events where type = $1");
        command.Parameters.Add(new() { Value = type });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static void AssertJson(JsonNode actual, string expected) =>
        Assert.That(JsonNode.DeepEquals(actual, JsonNode.Parse(expected)), $"{actual.ToJsonString()} instead of {expected}");
}
