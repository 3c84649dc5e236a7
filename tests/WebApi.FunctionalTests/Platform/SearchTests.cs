using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>The parameter <c>query</c> of message lists.</summary>
public sealed class SearchTests : PlatformTest
{
    private const string ToStaff = "/v1/channels/2/messages";

    [TestCase("analytical", true, Description = "a word, in any case")]
    [TestCase("ENGINE weaves", true, Description = "words in any order")]
    [TestCase("\"analytical engine\"", true, Description = "a phrase")]
    [TestCase("\"engine analytical\"", false)]
    [TestCase("engine -loom", true)]
    [TestCase("engine -weaves", false)]
    [TestCase("loom or engine", true)]
    [TestCase("lytic", true, Description = "a part of a word")]
    [TestCase("cal eng", true, Description = "as it stands in the text")]
    [TestCase("eng cal", false)]
    [TestCase("an", false, Description = "too short for a part of a word")]
    [TestCase("by", true, Description = "short, and a word")]
    [TestCase("100%", true)]
    [TestCase("%", false, Description = "no wildcard")]
    [TestCase("e_gine", false, Description = "no wildcard")]
    [TestCase("file_name", true)]
    [TestCase("c:\\temp", true)]
    [TestCase("машина", true, Description = "letters of other scripts, in any case")]
    [TestCase("аШиН", true)]
    [TestCase("日本", true)]
    [TestCase("'; drop table messages; --", false)]
    [TestCase(":* & | ! ( <->", false)]
    [TestCase("nothing of it", false)]
    public async Task Search_finds(string search, bool found)
    {
        var id = await SendMessageAsync("The Analytical Engine weaves by 100% МАШИНА 日本 in C:\\Temp\\file_name.txt");
        await SendMessageAsync("Unrelated");

        Assert.That(await FoundAsync(ToStaff, search), Is.EqualTo(found ? [id] : new List<long>()));
    }

    [Test]
    public async Task Every_list_of_messages_can_be_searched()
    {
        var greeting = await SendMessageAsync("needle one");
        var reply = (long)(await PostAsync(
            $"/v1/threads/{greeting}/messages", """{"type":"TEXT","body":"needle two","user":{"id":2}}"""))["id"]!;
        var elsewhere = (long)(await PostAsync("/v1/channels/4/messages", """{"type":"TEXT","body":"needle three"}"""))["id"]!;
        await SendMessageAsync("hay");

        Assert.That(await FoundAsync("/v1/messages", "needle"), Is.EqualTo([elsewhere, reply, greeting]));
        Assert.That(await FoundAsync(ToStaff, "needle"), Is.EqualTo([reply, greeting]));
        Assert.That(await FoundAsync($"/v1/threads/{Staff.MainThreadId}/messages", "needle"), Is.EqualTo([greeting]));
        Assert.That(await FoundAsync($"/v1/threads/{greeting}/messages", "needle"), Is.EqualTo([reply]));
        Assert.That(await FoundAsync($"/v1/users/{Bob.Id}/messages", "needle"), Is.EqualTo([reply]));
        Assert.That(await FoundAsync($"/v1/users/{Alice.Id}/messages?unread=true", "needle"), Is.EqualTo([elsewhere, reply]));
        Assert.That(await FoundAsync("/v1/messages?username=bob", "needle"), Is.EqualTo([reply]));
        Assert.That(await FoundAsync($"/v1/threads/{greeting}/messages?username=alice", "needle"), Is.Empty);
    }

    [Test]
    public async Task Search_finds_only_messages_of_the_list()
    {
        Assert.That(await FoundAsync("/v1/messages", "hello"), Is.Empty, "belongs to another application");
        Assert.That(await FoundAsync("/v1/messages", "anybody hear"), Is.Empty, "not broadcast");
        Assert.That(await FoundAsync("/v1/messages?username=carol", "anybody hear"), Is.EqualTo([NotBroadcast]));
    }

    [Test]
    public async Task An_edited_message_is_found_by_its_current_text()
    {
        var id = await SendMessageAsync("before");
        await PatchAsync($"/v1/messages/{id}", """{"body":"afterwards"}""");

        Assert.That(await FoundAsync(ToStaff, "before"), Is.Empty);
        Assert.That(await FoundAsync(ToStaff, "afterwards"), Is.EqualTo([id]));
    }

    [Test]
    public async Task Paging_is_stable_while_messages_come_and_go()
    {
        var needles = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            needles.Insert(0, await SendMessageAsync($"needle {i}"));
            await SendMessageAsync($"hay {i}");
        }

        var first = await GetAsync($"{ToStaff}?query=needle&size=2");
        await SendMessageAsync("needle new");
        await DeleteAsync($"/v1/messages/{needles[2]}");
        var second = await GetAsync((string)first["_links"]!["next"]!["href"]!);
        var back = await GetAsync((string)second["_links"]!["prev"]!["href"]!);

        Assert.That(Ids(first, "messages"), Is.EqualTo(needles[..2]));
        Assert.That(Ids(second, "messages"), Is.EqualTo(needles[3..]));
        Assert.That(Ids(back, "messages"), Is.EqualTo(needles[..2]));
        Assert.That(LinksOf(first)["next"], Does.StartWith("/channels/2/messages?query=needle&start="));
        Assert.That(LinksOf(second).Keys, Is.EqualTo(["prev", "self"]));
    }

    [Test]
    public async Task No_match_gives_an_empty_page()
    {
        var page = await GetAsync($"{ToStaff}?query=nothing");

        Assert.That(page["_embedded"], Is.Null);
        Assert.That(LinksOf(page)["self"], Is.EqualTo("/channels/2/messages?query=nothing&size=25&relation=SELF"));
    }

    [TestCase("/v1/messages")]
    [TestCase("/v1/channels/1/messages")]
    [TestCase("/v1/threads/1/messages")]
    [TestCase("/v1/users/1/messages")]
    public async Task A_query_that_is_not_storable_or_too_long_is_rejected(string list)
    {
        var tooLong = await GetAsync($"{list}?query={new string('x', 256)}", HttpStatusCode.BadRequest);
        var nul = await GetAsync($"{list}?query=a%00b", HttpStatusCode.BadRequest);
        var sender = await GetAsync($"{list}?username=a%00b", HttpStatusCode.BadRequest);

        Assert.That(tooLong["properties"]!["query"], Is.Not.Null);
        Assert.That(nul["properties"]!["query"], Is.Not.Null);
        Assert.That(sender["properties"]!["username"], Is.Not.Null);
        await GetAsync($"{list}?query={new string('x', 255)}");
        Assert.That(Ids(await GetAsync($"{list}?query="), "messages"), Is.EqualTo(Ids(await GetAsync(list), "messages")));
    }

    [Test]
    public Task Searching_an_unknown_channel_gives_404() => GetAsync("/v1/channels/5/messages?query=hello", HttpStatusCode.NotFound);

    private async Task<long> SendMessageAsync(string text)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        var message = new JsonObject { ["type"] = "TEXT", ["body"] = text, ["user"] = new JsonObject { ["id"] = Alice.Id } };
        return (long)(await PostAsync(ToStaff, message.ToJsonString()))["id"]!;
    }

    private async Task<List<long>> FoundAsync(string list, string search) =>
        Ids(await GetAsync($"{list}{(list.Contains('?') ? '&' : '?')}query={Uri.EscapeDataString(search)}"), "messages");
}
