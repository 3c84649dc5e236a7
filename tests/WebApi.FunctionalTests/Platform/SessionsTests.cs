using System.Net;
using System.Text.Json.Nodes;
using ChatPlatform.Infrastructure.Sessions;
using ChatPlatform.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>User sessions, chat sessions, and the presence derived from them.</summary>
public sealed class SessionsTests : PlatformTest
{
    [Test]
    public async Task A_user_is_online_while_a_session_is_open()
    {
        var session = await ConnectAsync("alice");

        Approved.Matches(session.ToJsonString(), "Platform/user-session");
        Assert.That(await IsOnlineAsync(Alice.Id), Is.True);
        Clock.Advance(TimeSpan.FromSeconds(10));
        var ended = await DeleteAsync($"/v1/user-sessions/{session["id"]}");
        Assert.That((string)ended["state"]!, Is.EqualTo("ENDED"));
        Assert.That((string)ended["endTime"]!, Is.EqualTo("2026-06-15T12:00:10.000000Z"));
        Assert.That(await IsOnlineAsync(Alice.Id), Is.False);
        Assert.That((await DeleteAsync($"/v1/user-sessions/{session["id"]}")).ToJsonString(), Is.EqualTo(ended.ToJsonString()));
    }

    [Test]
    public async Task A_user_participates_until_the_user_session_ends()
    {
        var session = await ConnectAsync("alice");
        var chat = await StartChatSessionAsync(session, Lobby.Id);
        await StartChatSessionAsync(session, Lobby.Id);

        Approved.Matches(chat.ToJsonString(), "Platform/chat-session");
        Assert.That(await ParticipantsAsync(), Is.EqualTo([Alice.Id]), "listed once for several sessions");
        Assert.That(await ConcurrentAsync(), Is.EqualTo(1));
        await DeleteAsync($"/v1/chat-sessions/{chat["id"]}");
        Assert.That(await ParticipantsAsync(), Is.EqualTo([Alice.Id]), "the second session is open");

        await DeleteAsync($"/v1/user-sessions/{session["id"]}");

        Assert.That(await ParticipantsAsync(), Is.Empty);
        Assert.That(await ConcurrentAsync(), Is.Zero);
        Assert.That(Ids(await GetAsync("/v1/chat-sessions?state=ACTIVE"), "sessions"), Is.Empty);
        Assert.That(Ids(await GetAsync("/v1/chat-sessions?state=ENDED"), "sessions"), Has.Count.EqualTo(2));
        Assert.That(Ids(await GetAsync("/v1/chat-sessions"), "sessions"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Sessions_expire_without_heartbeats()
    {
        var silent = await ConnectAsync("alice");
        await StartChatSessionAsync(silent, Lobby.Id);
        var extended = await ConnectAsync("bob");
        Clock.Advance(TimeSpan.FromMinutes(4));
        await PostAsync($"/v1/user-sessions/{extended["id"]}/heartbeat", "");
        Clock.Advance(TimeSpan.FromMinutes(2));

        var expired = await Server.Services.GetRequiredService<SessionExpiry>().ExpireAsync(TimeSpan.FromMinutes(5), default);

        Assert.That(expired, Is.EqualTo(1));
        Assert.That(Ids(await GetAsync("/v1/user-sessions?state=ACTIVE"), "sessions"), Is.EqualTo([(long)extended["id"]!]));
        Assert.That(await ParticipantsAsync(), Is.Empty);
        await PostAsync($"/v1/user-sessions/{silent["id"]}/heartbeat", "", HttpStatusCode.Conflict);
        await PostAsync($"/v1/user-sessions/{silent["id"]}/chat-sessions", """{"channelId":1}""", HttpStatusCode.Conflict);
    }

    [Test]
    public async Task An_unknown_name_creates_a_guest_if_guests_are_allowed()
    {
        var session = await ConnectAsync("newcomer");
        await PutAsync("/v1/application/settings", """{"guestUsers":"DISABLED","userCreatedChannels":"ENABLED"}""");

        Assert.That((bool)session["user"]!["isGuest"]!, Is.True);
        Assert.That((string)session["user"]!["displayName"]!, Is.EqualTo("newcomer"));
        await PostAsync("/v1/user-sessions", """{"user":{"username":"another"}}""", HttpStatusCode.BadRequest);
        await PostAsync("/v1/user-sessions", """{"user":{"username":"newcomer"}}""");
    }

    [Test]
    public async Task Concurrent_sessions_of_an_unknown_name_create_one_guest()
    {
        var sessions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ConnectAsync("newcomer")));

        Assert.That(sessions.Select(session => (long)session["user"]!["id"]!).Distinct().Count(), Is.EqualTo(1));
    }

    [TestCase("""{}""", "user")]
    [TestCase("""{"user":{"id":99}}""", "user")]
    [TestCase("""{"user":{"username":""}}""", "user")]
    [TestCase("""{"user":{"id":1},"userAgent":"\u0000"}""", "userAgent")]
    public async Task Invalid_session_is_rejected(string session, string field) =>
        Assert.That(
            (await PostAsync("/v1/user-sessions", session, HttpStatusCode.BadRequest))["properties"]![field], Is.Not.Null);

    [TestCase("""{}""")]
    [TestCase("""{"channelId":5}""")]
    [TestCase("""{"channelId":"1"}""")]
    public async Task Only_members_can_start_a_chat_session(string chat)
    {
        var session = await ConnectAsync("alice");
        await PostAsync($"/v1/user-sessions/{session["id"]}/chat-sessions", chat, HttpStatusCode.BadRequest);
        var guest = await ConnectAsync("guest-1");
        await PostAsync($"/v1/user-sessions/{guest["id"]}/chat-sessions", """{"channelId":1}""", HttpStatusCode.BadRequest);
    }

    [TestCase("/v1/channels/2/members/2")]
    [TestCase("/v1/users/2")]
    public async Task The_end_of_a_membership_ends_the_chat_session(string path)
    {
        await StartChatSessionAsync(await ConnectAsync("alice"), 2);
        await StartChatSessionAsync(await ConnectAsync("bob"), 2);
        Assert.That((await ConcurrentAsync(2), await ParticipantsAsync(2)), Is.EqualTo((2, "1,2")));

        await DeleteAsync(path);

        Assert.That((await ConcurrentAsync(2), await ParticipantsAsync(2)), Is.EqualTo((1, "1")));
        Assert.That(
            (await GetAsync("/v1/chat-sessions?state=ACTIVE"))["_embedded"]!["sessions"]!.AsArray().Select(s => (long)s!["session"]!["user"]!["id"]!),
            Is.EqualTo([1L]));
    }

    [Test]
    public async Task A_chat_session_does_not_start_while_the_membership_ends()
    {
        var session = await ConnectAsync("bob");
        await using var connection = await Database.DataSource.OpenConnectionAsync();
        await using var removal = await connection.BeginTransactionAsync();
        await using (var remove = new NpgsqlCommand("DELETE FROM channel_members WHERE channel_id = 2 AND user_id = 2", connection))
        {
            await remove.ExecuteNonQueryAsync();
        }

        var start = PostAsync($"/v1/user-sessions/{session["id"]}/chat-sessions", """{"channelId":2}""", HttpStatusCode.BadRequest);
        await using var waiting = Database.DataSource.CreateCommand(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')");
        await Wait.UntilAsync(
            async () => start.IsCompleted || (bool)(await waiting.ExecuteScalarAsync())!, "a request that waits for the membership");
        await removal.CommitAsync();

        await start;
        Assert.That(await ConcurrentAsync(2), Is.Zero);
    }

    [Test]
    public Task Unknown_state_is_rejected() => GetAsync("/v1/user-sessions?state=ASLEEP", HttpStatusCode.BadRequest);

    [Test]
    public async Task Sessions_of_another_application_give_404()
    {
        var theirs = await SendAsync(
            HttpMethod.Post, "/v1/user-sessions", """{"user":{"username":"alice"}}""", HttpStatusCode.OK, client: ClientFor(Hillside));
        var chat = await SendAsync(
            HttpMethod.Post,
            $"/v1/user-sessions/{theirs["id"]}/chat-sessions",
            """{"channelId":5}""",
            HttpStatusCode.OK,
            client: ClientFor(Hillside));

        await GetAsync($"/v1/user-sessions/{theirs["id"]}", HttpStatusCode.NotFound);
        await DeleteAsync($"/v1/user-sessions/{theirs["id"]}", HttpStatusCode.NotFound);
        await PostAsync($"/v1/user-sessions/{theirs["id"]}/chat-sessions", """{"channelId":1}""", HttpStatusCode.NotFound);
        await GetAsync($"/v1/chat-sessions/{chat["id"]}", HttpStatusCode.NotFound);
        await DeleteAsync($"/v1/chat-sessions/{chat["id"]}", HttpStatusCode.NotFound);
        Assert.That(Ids(await GetAsync("/v1/user-sessions"), "sessions"), Is.Empty);
    }

    private Task<JsonNode> ConnectAsync(string name) => PostAsync(
        "/v1/user-sessions", $$$"""{"user":{"username":"{{{name}}}"},"userAgent":"ChatKitty-JS/1.50.0"}""");

    private Task<JsonNode> StartChatSessionAsync(JsonNode session, long channel) =>
        PostAsync($"/v1/user-sessions/{session["id"]}/chat-sessions", $$"""{"channelId":{{channel}}}""");

    private async Task<bool> IsOnlineAsync(long user) => (bool)(await GetAsync($"/v1/users/{user}"))["presence"]!["online"]!;

    private async Task<List<long>> ParticipantsAsync() => Ids(await GetAsync("/v1/channels/1/participants"), "users");

    private async Task<string> ParticipantsAsync(long channel) =>
        string.Join(',', Ids(await GetAsync($"/v1/channels/{channel}/participants"), "users"));

    private async Task<int> ConcurrentAsync(long channel = 1) =>
        (int)(await GetAsync($"/channels?channel_id={channel}"))["channels"]![0]!["users"]!["total_concurrent"]!;
}
