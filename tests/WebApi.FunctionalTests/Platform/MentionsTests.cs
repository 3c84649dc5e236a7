using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Mentions and links in texts. Positions are UTF-16 code units, ends are exclusive.</summary>
public sealed class MentionsTests : PlatformTest
{
    [Test]
    public async Task Existing_users_and_channels_become_mentions()
    {
        var sent = await SendMessageAsync("🌞 <@bob> and <@nobody>, see <#staff>; <@alice>");

        Assert.That(Shape(sent, "mentions", "type"), Is.EqualTo(["USER <@bob> 3-9", "CHANNEL <#staff> 29-37", "USER <@alice> 39-47"]));
        Assert.That((long)sent["mentions"]![0]!["user"]!["id"]!, Is.EqualTo(Bob.Id));
        Assert.That(sent["mentions"]![0]!["user"]!["_links"], Is.Null);
        Assert.That((long)sent["mentions"]![1]!["channel"]!["id"]!, Is.EqualTo(Staff.Id));
        Assert.That(
            sent["mentions"]![1]!["channel"]!.AsObject().Select(pair => pair.Key),
            Is.EquivalentTo(["type", "id", "createdTime", "name", "displayName", "creator", "properties"]));
        Assert.That((await GetAsync($"/v1/messages/{sent["id"]}")).ToJsonString(), Is.EqualTo(sent.ToJsonString()));
    }

    [Test]
    public async Task Names_of_another_application_are_not_mentions()
    {
        await SendAsync(
            HttpMethod.Post,
            "/v1/users",
            """{"name":"hilda","displayName":"H"}""",
            System.Net.HttpStatusCode.OK,
            client: ClientFor(Hillside));

        Assert.That((await SendMessageAsync("<@hilda>"))["mentions"], Is.Null);
    }

    [Test]
    public async Task An_edit_updates_the_mentions()
    {
        var sent = await SendMessageAsync("<@bob>");

        var edited = await PatchAsync($"/v1/messages/{sent["id"]}", """{"body":"Oh, <@carol>"}""");

        Assert.That(Shape(edited, "mentions", "type"), Is.EqualTo(["USER <@carol> 4-12"]));
    }

    [Test]
    public async Task A_longer_address_is_no_link()
    {
        var longest = "https://x.example/" + new string('a', 2030);

        Assert.That(Shape(await SendMessageAsync(longest), "links", null), Is.EqualTo([$"{longest} 0-2048"]));
        Assert.That((await SendMessageAsync(longest + "a"))["links"], Is.Null);
    }

    [Test]
    public async Task Deleted_channel_is_no_longer_mentioned()
    {
        var sent = await SendMessageAsync("<#archive> <@carol>");
        await DeleteAsync($"/v1/channels/{Archive.Id}");
        await DeleteAsync($"/v1/users/{Carol.Id}");

        var found = await GetAsync($"/v1/messages/{sent["id"]}");

        Assert.That(Shape(found, "mentions", "type"), Is.EqualTo(["USER <@carol> 11-19"]));
        Assert.That((string)found["mentions"]![0]!["user"]!["displayName"]!, Is.EqualTo("Deleted user"));
    }

    [TestCase("see https://example.com/a?b=c#d.", "https://example.com/a?b=c#d 4-31")]
    [TestCase("(http://example.com), HTTPS://EXAMPLE.ORG", "http://example.com 1-19|HTTPS://EXAMPLE.ORG 22-41")]
    [TestCase("🌞 https://例え.jp/道", "https://例え.jp/道 3-18")]
    [TestCase("https://en.wiki.example/Foo_(bar)", "https://en.wiki.example/Foo_(bar) 0-33")]
    [TestCase("(https://en.wiki.example/Foo_(bar)).", "https://en.wiki.example/Foo_(bar) 1-34")]
    [TestCase("https://x.example/{id} https://x.example/a[1]", "https://x.example/{id} 0-22|https://x.example/a[1] 23-45")]
    [TestCase("见 https://x.example/a。", "https://x.example/a 2-21")]
    [TestCase("「https://x.example/a」", "https://x.example/a 1-20")]
    [TestCase("“https://x.example/a…”", "https://x.example/a 1-20")]
    [TestCase("javascript:alert(1) ftp://example.com example.com", "")]
    public async Task Addresses_become_links(string body, string links)
    {
        var sent = await SendMessageAsync(body);

        Assert.That(string.Join('|', Shape(sent, "links", null)), Is.EqualTo(links));
    }

    [Test]
    public async Task Plain_text_needs_no_queries_and_many_tags_need_two()
    {
        await SendMessageAsync("warm");
        using (var plain = CommandCounter.Start())
        {
            await SendMessageAsync("nothing < to > see");
            Assert.That(plain.Count, Is.EqualTo(4), $"{plain}");
        }

        var tags = string.Concat(Enumerable.Range(0, 3_000).Select(i => $"<@u{i}>")) + "<#lobby><@bob>";
        using var many = CommandCounter.Start();
        var sent = await SendMessageAsync(tags);
        Assert.That(many.Count, Is.LessThanOrEqualTo(8), $"{many}");
        Assert.That(sent["mentions"], Is.Null, "names beyond the first hundred stay plain text");
    }

    private Task<JsonNode> SendMessageAsync(string body) => PostAsync(
        "/v1/channels/1/messages",
        new JsonObject { ["type"] = "TEXT", ["body"] = body, ["user"] = new JsonObject { ["id"] = Alice.Id } }.ToJsonString());

    private static List<string> Shape(JsonNode message, string field, string? type) => message[field]?.AsArray()
        .Select(item => (Name: type is null ? $"{item!["source"]}" : $"{item![type]} {item["tag"]}", Item: item))
        .Select(found => $"{found.Name} {found.Item["startPosition"]}-{found.Item["endPosition"]}")
        .ToList() ?? [];
}
