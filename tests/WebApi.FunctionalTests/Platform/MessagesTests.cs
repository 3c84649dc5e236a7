using System.Net;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

public sealed class MessagesTests : PlatformTest
{
    private const string ToLobby = "/v1/channels/1/messages";

    [TestCase("/v1/messages")]
    [TestCase("/v1/channels/1/messages")]
    [TestCase("/v1/threads/1/messages")]
    public async Task An_unknown_username_lists_nothing(string list) =>
        Assert.That((await GetAsync($"{list}?username=nobody"))["_embedded"], Is.Null);

    [Test]
    public async Task Text_of_a_user_is_returned_and_retrieved()
    {
        var sent = await PostAsync(ToLobby, """
            {"type":"TEXT","body":"Hello 🌞","user":{"username":"bob"},"groupTag":"g","properties":{"Key_One":[1,null]}}
            """);
        var found = await GetAsync($"/v1/messages/{sent["id"]}");

        Assert.That(found.ToJsonString(), Is.EqualTo(sent.ToJsonString()));
        Approved.Matches(sent.ToJsonString(), "Platform/message-text");
    }

    [Test]
    public async Task Message_without_a_user_is_a_system_message()
    {
        var text = await PostAsync(ToLobby, """{"type":"TEXT","body":"Closing soon"}""");
        var file = await SendAsync(HttpMethod.Post, ToLobby, """
            {"type":"FILE","file":{"url":"https://example.com/a.png","name":"a.png","content_type":"image/png","size":4096}}
            """, HttpStatusCode.OK, accept: "application/vnd.chatkitty+json");

        Assert.That((string)text["type"]!, Is.EqualTo("SYSTEM_TEXT"));
        Assert.That(text["user"], Is.Null);
        Assert.That(LinksOf(text).Keys, Is.EqualTo(["self", "channel", "thread", "application"]));
        Approved.Matches(file.ToJsonString(), "Platform/message-system-file-snake-case");
    }

    [Test]
    public async Task File_message_of_a_user_is_returned()
    {
        var file = await PostAsync(ToLobby, """
            {"type":"FILE","user":{"id":1},"file":{"url":"https://example.com/a.png","name":"a.png","contentType":"image/png","size":0}}
            """);

        Assert.That((string)file["type"]!, Is.EqualTo("FILE"));
        Assert.That(
            file["file"]!.ToJsonString(),
            Is.EqualTo("""{"type":"EXTERNAL","url":"https://example.com/a.png","name":"a.png","contentType":"image/png","size":0}"""));
    }

    [Test]
    public async Task Replies_nest_and_are_counted_at_their_parent()
    {
        var reply = await PostAsync($"/v1/threads/{Greeting}/messages", """{"type":"TEXT","body":"And to you","user":{"id":3}}""");
        var deeper = await PostAsync($"/v1/threads/{Reply}/messages", """{"type":"TEXT","body":"Indeed","user":{"id":1}}""");
        var greeting = await GetAsync($"/v1/messages/{Greeting}");

        Assert.That((int)reply["nestedLevel"]!, Is.EqualTo(1));
        Assert.That((int)deeper["nestedLevel"]!, Is.EqualTo(2));
        Assert.That((int)greeting["repliesCount"]!, Is.EqualTo(1), "the reply of Carol was not broadcast");
        Assert.That(Ids(await GetAsync($"/v1/threads/{Reply}/messages"), "messages"), Is.EqualTo([(long)deeper["id"]!]));
        Assert.That(Ids(await GetAsync($"/v1/threads/{Greeting}/messages"), "messages"), Is.EqualTo([Reply]));
    }

    [Test]
    public async Task Main_thread_accepts_messages_of_the_channel()
    {
        var channel = await GetAsync($"/v1/channels/{Staff.Id}");
        var thread = await GetAsync((string)channel["_links"]!["thread"]!["href"]!);
        var sent = await PostAsync($"/v1/threads/{thread["id"]}/messages", """{"type":"TEXT","body":"Here","user":{"id":1}}""");

        Assert.That((string)thread["type"]!, Is.EqualTo("MAIN"));
        Assert.That((long)sent["channelId"]!, Is.EqualTo(Staff.Id));
        Assert.That(Ids(await GetAsync($"/v1/channels/{Staff.Id}/messages"), "messages"), Is.EqualTo([(long)sent["id"]!]));
    }

    [Test]
    public async Task A_message_links_to_the_thread_of_its_replies()
    {
        var message = await GetAsync($"/v1/messages/{Greeting}");
        var thread = await GetAsync((string)message["_links"]!["thread"]!["href"]!);

        Approved.Matches(thread.ToJsonString(), "Platform/thread-of-a-message");
    }

    [TestCase(1, "guest-1", HttpStatusCode.OK)]
    [TestCase(2, "carol", HttpStatusCode.BadRequest)]
    [TestCase(4, "carol", HttpStatusCode.BadRequest)]
    public async Task Sending_joins_a_public_channel_and_requires_membership_elsewhere(
        long channel, string user, HttpStatusCode expected)
    {
        await PostAsync($"/v1/channels/{channel}/messages", $$$"""{"type":"TEXT","body":"x","user":{"username":"{{{user}}}"}}""", expected);

        var members = Values(await GetAsync($"/v1/channels/{channel}/members"), "users", "name");
        Assert.That(members.Contains(user), Is.EqualTo(expected == HttpStatusCode.OK));
    }

    [Test]
    public async Task Messages_not_broadcast_are_listed_only_for_their_sender()
    {
        var sent = await PostAsync(ToLobby, """{"type":"TEXT","body":"x","user":{"username":"carol"}}""");
        var id = (long)sent["id"]!;

        foreach (var list in new[] { ToLobby, "/v1/messages", $"/v1/threads/{Lobby.MainThreadId}/messages" })
        {
            Assert.That(Ids(await GetAsync(list), "messages"), Does.Not.Contain(id).And.Not.Contain(NotBroadcast), list);
            Assert.That(Ids(await GetAsync($"{list}?username=carol"), "messages"), Is.EqualTo([id, NotBroadcast]), list);
        }

        Assert.That(Ids(await GetAsync($"/v1/users/{Carol.Id}/messages"), "messages"), Is.EqualTo([id, NotBroadcast]));
        await GetAsync($"/v1/messages/{id}");
    }

    [TestCase("""{"type":"TEXT"}""", "body")]
    [TestCase("""{"type":"TEXT","body":"   "}""", "body")]
    [TestCase("""{"type":"TEXT","body":"a\u0000"}""", "body")]
    [TestCase("""{"type":"TEXT","body":5}""", "body")]
    [TestCase("""{"body":"x"}""", "type")]
    [TestCase("""{"type":"SYSTEM_TEXT","body":"x"}""", "type")]
    [TestCase("""{"type":"FILE","body":"x"}""", "file")]
    [TestCase("""{"type":"FILE","file":{"url":"javascript:alert(1)","name":"a","contentType":"b","size":1}}""", "file.url")]
    [TestCase("""{"type":"FILE","file":{"url":"https://example.com","name":"a","contentType":"b","size":-1}}""", "file.size")]
    [TestCase("""{"type":"FILE","file":{"url":"https://example.com","name":"a","size":1}}""", "file.contentType")]
    [TestCase("""{"type":"TEXT","body":"x","user":{"username":"nobody"}}""", "user")]
    [TestCase("""{"type":"TEXT","body":"x","user":{"id":7}}""", "user")]
    [TestCase("""{"type":"TEXT","body":"x","user":{}}""", "user")]
    [TestCase("""{"type":"TEXT","body":"x","user":"alice"}""", "user")]
    [TestCase("""{"type":"TEXT","body":"x","properties":"{}"}""", "properties")]
    public async Task Invalid_message_is_rejected_with_the_field_name(string json, string field)
    {
        var refused = await PostAsync(ToLobby, json, HttpStatusCode.BadRequest);

        Assert.That(refused["properties"]!.AsObject().Select(pair => pair.Key), Does.Contain(field), refused.ToJsonString());
    }

    [TestCase("/v1/channels/5/messages")]
    [TestCase("/v1/channels/999/messages")]
    [TestCase("/v1/threads/9/messages")]
    [TestCase("/v1/threads/10/messages")]
    [TestCase("/v1/threads/999/messages")]
    public async Task Channels_and_threads_of_another_application_give_404(string path)
    {
        await GetAsync(path, HttpStatusCode.NotFound);
        await PostAsync(path, """{"type":"TEXT","body":"x"}""", HttpStatusCode.NotFound);
    }

    [TestCase("/v1/messages/10")]
    [TestCase("/v1/messages/1")]
    [TestCase("/v1/threads/10")]
    [TestCase("/v1/users/7/messages")]
    [TestCase("/v1/users/5/messages")]
    public Task Messages_of_another_application_give_404(string path) => GetAsync(path, HttpStatusCode.NotFound);

    [Test]
    public async Task Sending_takes_four_commands()
    {
        const string text = """{"type":"TEXT","body":"x","user":{"id":1}}""";
        await PostAsync(ToLobby, text);
        using var counter = CommandCounter.Start();

        await PostAsync(ToLobby, text);

        Assert.That(counter.Count, Is.EqualTo(4), $"token, context, sender, rows: {counter}");
    }

    [Test]
    public async Task A_body_above_the_limit_is_rejected()
    {
        var longest = new JsonObject { ["type"] = "TEXT", ["body"] = new string('x', 65_536) };
        await PostAsync(ToLobby, longest.ToJsonString());
        longest["body"] = new string('x', 65_537);
        await PostAsync(ToLobby, longest.ToJsonString(), HttpStatusCode.BadRequest);
    }
}
