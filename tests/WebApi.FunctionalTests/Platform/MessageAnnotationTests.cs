using System.Net;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Reactions, read receipts and reports of messages.</summary>
public sealed class MessageAnnotationTests : PlatformTest
{
    [Test]
    public async Task Reactions_are_grouped_by_emoji_in_order_of_the_first()
    {
        await ReactAsync("heart", "bob");
        await ReactAsync("thumbsup", "alice");
        await ReactAsync("+1", "bob");
        await ReactAsync("👍", "bob");

        var message = await GetAsync($"/v1/messages/{Greeting}");
        var listed = (await GetAsync("/v1/channels/1/messages"))["_embedded"]!["messages"]!.AsArray()
            .Single(item => (long)item!["id"]! == Greeting)!;

        Approved.Matches(message["reactions"]!.ToJsonString(), "Platform/reactions");
        Assert.That(listed.ToJsonString(), Is.EqualTo(message.ToJsonString()));
    }

    [Test]
    public async Task A_reaction_is_removed_by_body_or_query()
    {
        await ReactAsync("heart", "bob");
        await ReactAsync("heart", "alice");

        await SendAsync(HttpMethod.Delete, $"/v1/messages/{Greeting}/reactions/heart", """{"username":"bob"}""", HttpStatusCode.OK);
        var message = await DeleteAsync($"/v1/messages/{Greeting}/reactions/:heart:?username=alice");

        Assert.That(message["reactions"], Is.Null);
        await DeleteAsync($"/v1/messages/{Greeting}/reactions/heart?username=alice", HttpStatusCode.NotFound);
    }

    [TestCase("\u2764", "heart")]
    [TestCase("\u2764\uFE0F", "heart")]
    [TestCase("\U0001F44D\uFE0F", "+1")]
    [TestCase("\U0001F44D\U0001F3FD", "+1")]
    [TestCase("1\u20E3", "one")]
    [TestCase("\U0001F3F3\u200D\U0001F308", "rainbow_flag")]
    public async Task Emoji_are_found_with_any_selectors_and_skin_tone(string typed, string alias)
    {
        await ReactAsync(Uri.EscapeDataString(typed), "bob");
        await ReactAsync(alias, "bob");

        var reactions = (await GetAsync($"/v1/messages/{Greeting}"))["reactions"]!.AsArray();
        Assert.That(reactions.Select(reaction => (int)reaction!["count"]!), Is.EqualTo([1]));
    }

    [TestCase("%20")]
    [TestCase("%C2%A0")]
    public Task Removing_a_blank_reaction_finds_none(string alias) =>
        SendAsync(HttpMethod.Delete, $"/v1/messages/{Greeting}/reactions/{alias}", """{"username":"bob"}""", HttpStatusCode.NotFound);

    [TestCase("%20", """{"username":"bob"}""", HttpStatusCode.BadRequest)]
    [TestCase("heart", """{"username":"guest-1"}""", HttpStatusCode.BadRequest)]
    [TestCase("heart", """{"username":"nobody"}""", HttpStatusCode.BadRequest)]
    [TestCase("heart", """{}""", HttpStatusCode.BadRequest)]
    [TestCase("no-such-emoji", """{"username":"bob"}""", HttpStatusCode.BadRequest)]
    public Task Invalid_reactions_are_rejected(string alias, string user, HttpStatusCode expected) =>
        SendAsync(HttpMethod.Put, $"/v1/messages/{Greeting}/reactions/{alias}", user, expected);

    [Test]
    public async Task A_message_has_one_receipt_for_each_reader()
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        var first = await PostAsync($"/v1/messages/{Greeting}/read", """{"username":"bob"}""");
        Clock.Advance(TimeSpan.FromMinutes(1));
        var again = await PostAsync($"/v1/messages/{Greeting}/read", """{"id":2}""");
        await PostAsync($"/v1/messages/{Greeting}/read", """{"id":3}""");

        Approved.Matches(first.ToJsonString(), "Platform/read-receipt");
        Assert.That(again.ToJsonString(), Is.EqualTo(first.ToJsonString()));
        Assert.That(await ReadersAsync(Greeting), Is.EqualTo(["bob 12:01", "carol 12:02"]));
        Assert.That(await ReadersAsync(Reply), Is.Empty);
    }

    [Test]
    public async Task Reading_a_channel_marks_all_its_messages_as_read()
    {
        await PostAsync($"/v1/messages/{Greeting}/read", """{"username":"bob"}""");
        Clock.Advance(TimeSpan.FromMinutes(1));
        await PostAsync("/v1/channels/1/read", """{"username":"bob"}""");
        await PostAsync("/v1/channels/1/read", """{"username":"bob"}""");
        Clock.Advance(TimeSpan.FromMinutes(1));
        var later = (long)(await SendMessageAsync(Lobby.Id))["id"]!;
        Clock.Advance(TimeSpan.FromMinutes(1));
        await PostAsync("/v1/channels/1/read", """{"username":"bob"}""");

        Assert.That(await ReadersAsync(Greeting), Is.EqualTo(["bob 12:00"]), "read on its own, earlier");
        Assert.That(await ReadersAsync(Reply), Is.EqualTo(["bob 12:01"]));
        Assert.That(await ReadersAsync(later), Is.EqualTo(["bob 12:03"]));
        var again = await PostAsync($"/v1/messages/{Reply}/read", """{"username":"bob"}""");
        Assert.That((string)again["createdTime"]!, Does.StartWith("2026-06-15T12:01"));
    }

    [TestCase("/v1/messages/5/read", """{"username":"guest-1"}""")]
    [TestCase("/v1/messages/5/read", """{"username":"nobody"}""")]
    [TestCase("/v1/channels/1/read", """{"username":"guest-1"}""")]
    [TestCase("/v1/channels/1/read", """{}""")]
    public Task Reading_requires_membership(string path, string user) => PostAsync(path, user, HttpStatusCode.BadRequest);

    [Test]
    public async Task Unread_messages_are_those_of_others_since_joining()
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await UnreadAsync(Bob.Id), Is.Zero, "all seeded messages are older than his membership");
        var first = (long)(await SendMessageAsync(Lobby.Id))["id"]!;
        var second = (long)(await SendMessageAsync(Lobby.Id))["id"]!;
        var direct = (long)(await SendMessageAsync(AliceAndBob.Id))["id"]!;
        await PostAsync("/v1/channels/1/messages", """{"type":"TEXT","body":"my own","user":{"id":2}}""");
        await PostAsync("/v1/channels/1/messages", """{"type":"TEXT","body":"unheard","user":{"id":3}}""");
        var system = (long)(await PostAsync("/v1/channels/1/messages", """{"type":"TEXT","body":"system"}"""))["id"]!;

        Assert.That(await UnreadAsync(Bob.Id), Is.EqualTo(4));
        Assert.That(
            Ids(await GetAsync("/v1/users/2/messages?unread=true"), "messages"),
            Is.EqualTo(new[] { first, second, direct, system }.OrderDescending()));

        await PostAsync($"/v1/messages/{second}/read", """{"id":2}""");
        Assert.That(await UnreadAsync(Bob.Id), Is.EqualTo(3));
        await PostAsync("/v1/channels/1/read", """{"id":2}""");
        Assert.That(Ids(await GetAsync("/v1/users/2/messages?unread=true"), "messages"), Is.EqualTo([direct]));
        await GetAsync("/v1/users/7/messages/unread/count", HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Summaries_show_unread_counts_by_member_and_channel()
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        await SendMessageAsync(Lobby.Id);
        await SendMessageAsync(Lobby.Id);
        await SendMessageAsync(AliceAndBob.Id);
        await PostAsync("/v1/channels/1/read", """{"id":3}""");

        var page = await GetAsync("/v1/application/message-read-receipt-summaries");
        var top = await GetAsync("/v1/application/message-read-receipt-summaries?sort=count,desc&size=1");

        Assert.That(
            page["_embedded"]!["summaries"]!.AsArray().Select(s => $"{s!["channel"]!["id"]} {s["user"]!["name"]} {s["count"]}"),
            Is.EqualTo(["1 bob 2", "4 bob 1"]));
        Assert.That((int)top["_embedded"]!["summaries"]![0]!["count"]!, Is.EqualTo(2));
        Assert.That((int)top["page"]!["totalElements"]!, Is.EqualTo(2));
    }

    [Test]
    public async Task Reported_messages_are_listed_with_report_counts()
    {
        var reported = await PostAsync($"/v1/messages/{Greeting}/reports", """{"user":{"username":"bob"},"reason":"rude"}""");
        await PostAsync($"/v1/messages/{Greeting}/reports", """{"user":{"username":"bob"}}""");
        await PostAsync($"/v1/messages/{Greeting}/reports", """{"user":{"username":"carol"}}""");
        await PostAsync($"/v1/messages/{Reply}/reports", """{"user":{"username":"carol"}}""");

        Assert.That((int)reported["reportCount"]!, Is.EqualTo(1));
        Assert.That(Ids(await GetAsync("/v1/channels/1/reported-messages"), "messages"), Is.EqualTo([Greeting, Reply]));
        Assert.That(
            Values(await GetAsync("/v1/channels/1/reported-messages?sort=reportCount,desc"), "messages", "reportCount"),
            Is.EqualTo(["2", "1"]));
        Assert.That((await GetAsync($"/v1/messages/{SystemMessage}"))["reportCount"], Is.Null);
    }

    [TestCase("""{}""")]
    [TestCase("""{"user":{"username":"guest-1"}}""")]
    [TestCase("""{"user":{"username":"bob"},"reason":"\u0000"}""")]
    public Task Invalid_reports_are_rejected(string report) =>
        PostAsync($"/v1/messages/{Greeting}/reports", report, HttpStatusCode.BadRequest);

    [Test]
    public async Task Annotations_are_deleted_with_their_message()
    {
        await ReactAsync("heart", "bob");
        await PostAsync($"/v1/messages/{Greeting}/read", """{"username":"bob"}""");
        await PostAsync($"/v1/messages/{Greeting}/reports", """{"user":{"username":"bob"}}""");

        await DeleteAsync($"/v1/messages/{Greeting}");

        foreach (var table in new[] { "message_reactions", "read_receipts", "message_reports" })
        {
            await using var command = Database.DataSource.CreateCommand($"select count(*) from {table}");
            Assert.That(await command.ExecuteScalarAsync(), Is.Zero, table);
        }
    }

    [Test]
    public async Task Message_lists_with_annotations_take_a_fixed_number_of_commands()
    {
        await DecorateAsync(1);
        var few = await CountAsync();
        await DecorateAsync(30);

        Assert.That(await CountAsync(), Is.EqualTo(few));
    }

    private async Task DecorateAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var sent = await PostAsync("/v1/channels/1/messages", """{"type":"TEXT","body":"<@bob> <#staff>","user":{"id":1}}""");
            await SendAsync(HttpMethod.Put, $"/v1/messages/{sent["id"]}/reactions/heart", """{"id":2}""", HttpStatusCode.OK);
            await PostAsync($"/v1/threads/{sent["id"]}/messages", """{"type":"TEXT","body":"re","user":{"id":1}}""");
        }
    }

    private async Task<int> CountAsync()
    {
        using var counter = CommandCounter.Start();
        await GetAsync("/v1/channels/1/messages?size=200");
        return counter.Count;
    }

    private Task<JsonNode> ReactAsync(string alias, string user)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        return SendAsync(
            HttpMethod.Put, $"/v1/messages/{Greeting}/reactions/{alias}", $$"""{"username":"{{user}}"}""", HttpStatusCode.OK);
    }

    private async Task<List<string>> ReadersAsync(long message) =>
        (await GetAsync($"/v1/messages/{message}/read-receipts"))["_embedded"]?["receipts"]!.AsArray()
            .Select(receipt => $"{receipt!["user"]!["name"]} {((string)receipt["createdTime"]!)[11..16]}").ToList() ?? [];

    private async Task<int> UnreadAsync(long user) => (int)(await GetAsync($"/v1/users/{user}/messages/unread/count"))["count"]!;

    private Task<JsonNode> SendMessageAsync(long channel) =>
        PostAsync($"/v1/channels/{channel}/messages", """{"type":"TEXT","body":"x","user":{"id":1}}""");
}
