using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Merge patches (RFC 7396) of users, channels and messages.</summary>
public sealed class UpdateTests : PlatformTest
{
    [Test]
    public async Task Patch_changes_only_the_given_fields_of_a_user()
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
    public async Task Null_resets_a_field_to_its_default()
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
    public async Task Every_patch_media_type_is_read_in_both_cases(string contentType)
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
        Assert.That(await CountEventsAsync("channel.updated"), Is.EqualTo(1), "only the event of the seeded archive");
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
    public async Task Invalid_patch_is_rejected_with_the_field_name(string path, string patch, string field)
    {
        var refused = await PatchAsync(path, patch, HttpStatusCode.BadRequest);

        Assert.That(refused["properties"]!.AsObject().Select(pair => pair.Key), Does.Contain(field), refused.ToJsonString());
    }

    [Test]
    public async Task Merged_properties_stay_within_their_limit()
    {
        var half = new string('x', 40_000);
        await PatchAsync("/v1/users/1", $$$"""{"properties":{"a":"{{{half}}}"}}""");

        var refused = await PatchAsync("/v1/users/1", $$$"""{"properties":{"b":"{{{half}}}"}}""", HttpStatusCode.BadRequest);

        Assert.That(refused["properties"]!["properties"], Is.Not.Null);
        Assert.That((await GetAsync("/v1/users/1"))["properties"]!["b"], Is.Null);
    }

    [Test]
    public async Task The_last_of_duplicate_members_wins()
    {
        var patched = await PatchAsync("/v1/users/1", """{"properties":{"a":1,"a":2}}""");

        AssertJson(patched["properties"]!, """{"a":2}""");
    }

    [Test]
    public async Task Channel_is_renamed_and_deactivated_and_activated()
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
    public async Task Edited_message_has_a_time_and_keeps_its_versions()
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
    public async Task Changing_properties_is_not_an_edit()
    {
        var patched = await PatchAsync($"/v1/messages/{Greeting}", """{"properties":{"a":1}}""");

        Assert.That(patched["lastEditedTime"], Is.Null);
    }

    [Test]
    public async Task A_file_message_has_no_text_to_edit()
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
    public async Task Rows_of_another_application_give_404(string path)
    {
        await PatchAsync(path, """{"properties":{}}""", HttpStatusCode.NotFound);
        await DeleteAsync(path, HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Concurrent_patches_lose_no_accepted_change()
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, "/v1/users/1")
            {
                Content = new StringContent($$$"""{"properties":{"k{{{i}}}":{{{i}}}}}""", System.Text.Encoding.UTF8, "application/json"),
            };
            using var response = await Caller.SendAsync(request);
            return (Key: $"k{i}", response.StatusCode);
        }));

        var properties = (await GetAsync("/v1/users/1"))["properties"]!.AsObject();
        Assert.That(responses.Select(response => response.StatusCode), Is.All.AnyOf(HttpStatusCode.OK, HttpStatusCode.Conflict));
        Assert.That(
            properties.Select(pair => pair.Key),
            Is.EquivalentTo(responses.Where(response => response.StatusCode == HttpStatusCode.OK).Select(response => response.Key)));
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
