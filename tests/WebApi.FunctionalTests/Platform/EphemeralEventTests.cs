using System.Net;
using System.Text.Json.Nodes;
using ChatPlatform.Application.Sessions;
using ChatPlatform.Infrastructure.Events;
using ChatPlatform.Infrastructure.Statistics;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Custom events and keystrokes, sent to users with an open chat session.</summary>
public sealed class EphemeralEventTests : PlatformTest
{
    private const string Wave = """{"type":"My Wave","properties":{"How_Often":2,"stuff":{"é":[null,"x"]}}}""";

    [Test]
    public async Task An_event_is_returned_and_delivered_to_chat_sessions()
    {
        var chat = await StartChatSessionAsync("alice", Lobby.Id);
        var sent = await PostAsync("/v1/channels/1/events", Wave);
        var page = await WaitForPageAsync($"{chat}/events", "events", 1);

        Approved.Matches(sent.ToJsonString(), "Platform/channel-event");
        Assert.That(LinksOf(sent).Keys, Is.EqualTo(["application"]));
        Assert.That(JsonNode.DeepEquals(page["_embedded"]!["events"]![0], sent), page.ToJsonString());
        Assert.That(
            Ids(await GetAsync("/v1/channels/1/messages"), "messages"),
            Is.EqualTo([SystemMessage, Reply, Greeting]),
            "the event is not a message");
    }

    [Test]
    public async Task Sending_from_a_chat_session_requires_that_it_is_open()
    {
        var (alice, bob) = (await StartChatSessionAsync("alice", Lobby.Id), await StartChatSessionAsync("bob", Lobby.Id));

        var sent = await PostAsync($"{bob}/events", Wave);
        var page = await WaitForPageAsync($"{alice}/events", "events", 1);

        Assert.That(JsonNode.DeepEquals(page["_embedded"]!["events"]![0], sent), page.ToJsonString());
        await DeleteAsync(bob);
        await PostAsync($"{bob}/events", Wave, HttpStatusCode.Conflict);
        await PostAsync("/v1/chat-sessions/99/events", Wave, HttpStatusCode.NotFound);
        await PostAsync($"{alice}/events", """{"type":" "}""", HttpStatusCode.BadRequest);
    }

    [Test]
    public async Task Keystrokes_are_returned_and_delivered_to_chat_sessions()
    {
        var chat = await StartChatSessionAsync("alice", Lobby.Id);
        var inChannel = await PostAsync("/v1/channels/1/keystrokes", """{"keys":"Hel","user":{"username":"bob"}}""");
        var cleared = await PostAsync($"/v1/threads/{Lobby.MainThreadId}/keystrokes", """{"keys":"","user":{"id":2}}""");
        var inReply = await PostAsync($"/v1/threads/{Greeting}/keystrokes", """{"keys":"🌞","user":{"username":"bob"}}""");

        Approved.Matches(inChannel.ToJsonString(), "Platform/keystrokes");
        Assert.That(LinksOf(inChannel)["thread"], Is.EqualTo($"/threads/{Lobby.MainThreadId}"));
        Assert.That(LinksOf(inReply)["thread"], Is.EqualTo($"/threads/{Greeting}"));
        var page = await WaitForPageAsync($"{chat}/keystrokes", "keystrokes", 3);
        Assert.That(
            page["_embedded"]!["keystrokes"]!.AsArray().Select(item => item!.ToJsonString()),
            Is.EqualTo(new[] { inChannel, cleared, inReply }.Select(item => item.ToJsonString())));
    }

    [Test]
    public async Task Reading_continues_after_the_last_page()
    {
        var chat = await StartChatSessionAsync("alice", Lobby.Id);
        var empty = await GetAsync($"{chat}/events");
        await SendEventsAsync(1, "one", "two", "three");

        var first = await WaitForPageAsync($"{chat}/events?size=2", "events", 2);
        await SendEventsAsync(1, "four");
        var second = await WaitForPageAsync((string)first["_links"]!["next"]!["href"]!, "events", 2);
        var third = await GetAsync((string)second["_links"]!["next"]!["href"]!);
        await SendEventsAsync(1, "five");
        var fourth = await WaitForPageAsync((string)third["_links"]!["next"]!["href"]!, "events", 1);

        Assert.That(empty["_embedded"], Is.Null);
        Assert.That(LinksOf(empty).Keys, Is.EqualTo(["self", "next"]));
        Assert.That(Values(first, "events", "type"), Is.EqualTo(["one", "two"]), "oldest first");
        Assert.That(Values(second, "events", "type"), Is.EqualTo(["three", "four"]));
        Assert.That(third["_embedded"], Is.Null);
        Assert.That(Values(fourth, "events", "type"), Is.EqualTo(["five"]));
        await WaitForPageAsync((string)empty["_links"]!["next"]!["href"]!, "events", 5);
    }

    [Test]
    public async Task Events_committed_late_are_not_skipped()
    {
        var chat = await StartChatSessionAsync("alice", Lobby.Id);
        await SendEventsAsync(1, "early");
        await WaitForPageAsync($"{chat}/events", "events", 1);
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var late = connection.CreateCommand())
        {
            late.CommandText = "insert into events (application_id, type, channel_id, payload) "
                + "values (1, 'ephemeral.event', 1, '{\"at\":\"2026-06-15T12:00:00Z\",\"name\":\"late\",\"properties\":{}}')";
            await late.ExecuteNonQueryAsync();
        }

        await SendEventsAsync(1, "quick");
        var before = await GetAsync($"{chat}/events");
        await transaction.CommitAsync();
        var after = await WaitForPageAsync((string)before["_links"]!["next"]!["href"]!, "events", 2);

        Assert.That(Values(before, "events", "type"), Is.EqualTo(["early"]), "an uncommitted event may precede the others");
        Assert.That(Values(after, "events", "type"), Is.EquivalentTo(["late", "quick"]));
    }

    [Test]
    public async Task Only_events_of_the_channel_since_entering_are_delivered()
    {
        await SendEventsAsync(1, "before");
        Clock.Advance(TimeSpan.FromSeconds(1));
        var chat = await StartChatSessionAsync("alice", Lobby.Id);
        await SendEventsAsync(2, "elsewhere");
        await SendAsync(HttpMethod.Post, "/v1/channels/5/events", """{"type":"theirs"}""", HttpStatusCode.OK, client: ClientFor(Hillside));
        await SendEventsAsync(1, "here");

        Assert.That(Values(await WaitForPageAsync($"{chat}/events", "events", 1), "events", "type"), Is.EqualTo(["here"]));
    }

    [Test]
    public async Task Events_of_inactive_channels_and_blacklisted_members_are_not_delivered()
    {
        var lobby = await StartChatSessionAsync("alice", Lobby.Id);
        var archive = await StartChatSessionAsync("alice", Archive.Id);
        await PostAsync("/v1/channels/1/keystrokes", """{"keys":"x","user":{"username":"carol"}}""");
        await PostAsync("/v1/channels/3/keystrokes", """{"keys":"x","user":{"username":"alice"}}""");
        await SendEventsAsync(3, "unheard");

        Assert.That((await GetAsync($"{lobby}/keystrokes"))["_embedded"], Is.Null);
        Assert.That((await GetAsync($"{archive}/keystrokes"))["_embedded"], Is.Null);
        Assert.That((await GetAsync($"{archive}/events"))["_embedded"], Is.Null);
    }

    [Test]
    public async Task Events_are_readable_for_ten_minutes_and_then_removed()
    {
        var chat = await StartChatSessionAsync("alice", Lobby.Id);
        await SendEventsAsync(1, "old");
        Clock.Advance(IEphemeralEvents.Retention);
        await SendEventsAsync(1, "young");
        var log = Server.Services.GetRequiredService<EventLog>();

        await WaitForPageAsync($"{chat}/events", "events", 2);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(Values(await GetAsync($"{chat}/events"), "events", "type"), Is.EqualTo(["young"]));
        Assert.That(await log.TrimEphemeralAsync(default), Is.Zero, "a follower has not read it");
        await Wait.UntilAsync(
            async () =>
            {
                await Server.Services.GetRequiredService<StatisticsFold>().FoldAsync(default);
                return await log.TrimEphemeralAsync(default) == 1;
            },
            "the follower to pass the old event");
        Assert.That(Values(await GetAsync($"{chat}/events"), "events", "type"), Is.EqualTo(["young"]));
    }

    [Test]
    public async Task Ended_chat_sessions_receive_nothing()
    {
        var chat = await StartChatSessionAsync("alice", Lobby.Id);
        await DeleteAsync(chat);

        await GetAsync($"{chat}/events", HttpStatusCode.Conflict);
        await GetAsync($"{chat}/keystrokes", HttpStatusCode.Conflict);
        var members = await StartChatSessionAsync("bob", Lobby.Id);
        await GetAsync($"{members}/events");
        await DeleteAsync($"/v1/channels/1/members/{Bob.Id}");
        await GetAsync($"{members}/events", HttpStatusCode.Conflict);
        await GetAsync("/v1/chat-sessions/99/events", HttpStatusCode.NotFound);
        await GetAsync("/v1/chat-sessions/99/keystrokes", HttpStatusCode.NotFound);
    }

    [TestCase("{}", "type")]
    [TestCase("""{"type":" "}""", "type")]
    [TestCase("""{"type":"a\u0000"}""", "type")]
    [TestCase("""{"type":1}""", "type")]
    [TestCase("""{"type":"x","properties":"y"}""", "properties")]
    [TestCase("""{"type":"x","properties":{"a":"\ud800"}}""", "properties")]
    public async Task Invalid_event_is_rejected(string body, string field) =>
        Assert.That((await PostAsync("/v1/channels/1/events", body, HttpStatusCode.BadRequest))["properties"]![field], Is.Not.Null);

    [TestCase("{}", "keys")]
    [TestCase("""{"keys":"x"}""", "user")]
    [TestCase("""{"keys":null,"user":{"id":2}}""", "keys")]
    [TestCase("""{"keys":"\ud83d","user":{"id":2}}""", "keys")]
    [TestCase("""{"keys":["x"],"user":{"id":2}}""", "keys")]
    [TestCase("""{"keys":"x","user":{}}""", "user")]
    [TestCase("""{"keys":"x","user":{"id":7}}""", "user")]
    [TestCase("""{"keys":"x","user":{"username":"guest-1"}}""", "user")]
    public async Task Invalid_keystrokes_are_rejected(string keystrokes, string field)
    {
        foreach (var path in new[] { "/v1/channels/1/keystrokes", "/v1/threads/1/keystrokes", $"/v1/threads/{Greeting}/keystrokes" })
        {
            Assert.That((await PostAsync(path, keystrokes, HttpStatusCode.BadRequest))["properties"]![field], Is.Not.Null, path);
        }
    }

    [TestCase("/v1/channels/5/keystrokes")]
    [TestCase("/v1/channels/99/keystrokes")]
    [TestCase("/v1/threads/9/keystrokes")]
    [TestCase("/v1/threads/10/keystrokes")]
    [TestCase("/v1/threads/99/keystrokes")]
    public Task Channels_of_another_application_give_404(string path) =>
        PostAsync(path, """{"keys":"x","user":{"id":2}}""", HttpStatusCode.NotFound);

    [TestCase("start=x")]
    [TestCase("start=1")]
    [TestCase("start=1.-1")]
    [TestCase("start=99999999999999999999.1")]
    [TestCase("size=-1")]
    [TestCase("size=x")]
    public async Task Malformed_page_is_rejected(string query) =>
        await GetAsync($"{await StartChatSessionAsync("alice", Lobby.Id)}/events?{query}", HttpStatusCode.BadRequest);

    private async Task<string> StartChatSessionAsync(string user, long channel)
    {
        var session = await PostAsync("/v1/user-sessions", $$$"""{"user":{"username":"{{{user}}}"}}""");
        var chat = await PostAsync($"/v1/user-sessions/{session["id"]}/chat-sessions", $$"""{"channelId":{{channel}}}""");
        return $"/v1/chat-sessions/{chat["id"]}";
    }

    /// <summary>Waits, as a transaction of another test may delay events.</summary>
    private async Task<JsonNode> WaitForPageAsync(string path, string key, int count)
    {
        JsonNode page = null!;
        await Wait.UntilAsync(
            async () => (page = await GetAsync(path))["_embedded"]?[key]!.AsArray().Count == count, $"{count} {key} at {path}");
        return page;
    }

    private async Task SendEventsAsync(int channel, params string[] types)
    {
        foreach (var type in types)
        {
            await PostAsync($"/v1/channels/{channel}/events", $$$"""{"type":"{{{type}}}","properties":{}}""");
        }
    }
}
