using System.Net;
using System.Net.Http.Json;
using System.Text;
using ChatPlatform.Domain.Users;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Many concurrent requests for the same change: it happens once, all get the same response, none gets a deadlock.</summary>
public sealed class ConcurrencyTests : PlatformTest
{
    private const int Many = 100;

    [Test]
    public async Task Name_is_given_to_one_user()
    {
        var responses = await AtOnceAsync(_ => "POST /v1/users", _ => """{"name":"eve","displayName":"Eve"}""");

        Assert.That(responses.Count(response => response.Status is HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(
            responses.Select(response => response.Status).Distinct(),
            Is.EquivalentTo([HttpStatusCode.OK, HttpStatusCode.BadRequest]));
        Assert.That(responses.Where(a => a.Status is HttpStatusCode.BadRequest).Select(a => a.Body), Is.All.Contains("'eve' is taken"));
        Assert.That(await CountAsync("users where name = 'eve'"), Is.EqualTo(1));
        Assert.That(
            await CountAsync("events e join users u on u.id = e.user_id where e.type = 'user.created' and u.name = 'eve'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Idempotency_key_gets_one_response()
    {
        var responses = await AtOnceAsync(_ => "POST /v1/users", _ => """{"name":"eve","displayName":"Eve"}""", "Idempotency-Key", "k");

        Assert.That(responses.Distinct().Select(response => response.Status), Is.EqualTo([HttpStatusCode.OK]));
        Assert.That(await CountAsync("users where name = 'eve'"), Is.EqualTo(1));
    }

    [TestCase("""{"type":"PUBLIC","name":"plaza","creator":{"id":1},"members":[{"id":2},{"id":3}]}""", 3)]
    [TestCase("""{"type":"DIRECT","creator":{"id":2},"members":[{"id":1},{"id":3}]}""", 3)]
    public async Task Name_or_set_of_members_gets_one_channel(string channel, int members)
    {
        var responses = await AtOnceAsync(_ => "POST /v1/channels", _ => channel);

        Assert.That(responses.Distinct().Select(response => response.Status), Is.EqualTo([HttpStatusCode.OK]));
        var id = (long)Json.Parse(responses[0].Body)["id"]!;
        Assert.That(await CountAsync("channels where application_id = 1"), Is.EqualTo(5));
        Assert.That(await CountAsync($"threads where channel_id = {id}"), Is.EqualTo(1));
        Assert.That(await CountAsync($"channel_members where channel_id = {id}"), Is.EqualTo(members));
        Assert.That(await CountAsync($"events where type = 'channel.created' and channel_id = {id}"), Is.EqualTo(1));
    }

    [Test]
    public async Task Order_of_members_does_not_matter()
    {
        string[] sets = ["""{"id":1},{"id":3}""", """{"id":3},{"username":"alice"}""", """{"id":3},{"id":1},{"id":3}"""];

        var responses = await AtOnceAsync(_ => "POST /v1/channels", i => $$"""{"type":"DIRECT","members":[{{sets[i % sets.Length]}}]}""");

        Assert.That(responses.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Member_is_added_once()
    {
        var responses = await AtOnceAsync(_ => "POST /v1/channels/2/members", _ => """{"username":"carol"}""");

        Assert.That(responses.Distinct().Select(response => response.Status), Is.EqualTo([HttpStatusCode.OK]));
        Assert.That(await CountAsync("channel_members where channel_id = 2 and user_id = 3"), Is.EqualTo(1));
        Assert.That(await CountAsync("events where type = 'channel.member_joined' and channel_id = 2 and user_id = 3"), Is.EqualTo(1));
    }

    [Test]
    public async Task First_messages_add_one_membership()
    {
        var responses = await AtOnceAsync(
            _ => "POST /v1/channels/1/messages", i => $$$"""{"type":"TEXT","body":"{{{i}}}","user":{"username":"guest-1"}}""");

        Assert.That(responses.Select(response => response.Status), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(await CountAsync("channel_members where channel_id = 1 and user_id = 4"), Is.EqualTo(1));
        Assert.That(await CountAsync("messages where channel_id = 1 and user_id = 4"), Is.EqualTo(Many));
    }

    [Test]
    public async Task Changing_members_and_moderators_does_not_fail()
    {
        string[] steps =
        [
            "POST /v1/channels/2/members", "POST /v1/channels/2/moderators", "DELETE /v1/channels/2/moderators/3",
            "DELETE /v1/channels/2/members/3", "POST /v1/channels/2/blacklist", "DELETE /v1/channels/2/blacklist/3",
        ];

        var responses = await AtOnceAsync(
            i => steps[i % steps.Length],
            i => steps[i % steps.Length].StartsWith("POST", StringComparison.Ordinal) ? """{"id":3}""" : null);

        Assert.That(
            responses.Select(response => (int)response.Status), Is.All.AnyOf(200, 400, 404, 409), string.Join('\n', responses.Distinct()));
        Assert.That(await CountAsync("channel_members where channel_id = 2 and user_id = 3"), Is.LessThanOrEqualTo(1));
    }

    [TestCase("accept", 1)]
    [TestCase("decline", 0)]
    public async Task Invite_is_answered_once(string answer, int joined)
    {
        await PostAsync("/v1/channels/2/invites", """{"user":{"username":"carol"}}""");

        var responses = await AtOnceAsync(_ => $"POST /v1/channels/2/invites/3/{answer}", _ => null);

        Assert.That(responses.Count(a => a.Status is HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(responses.Count(a => a.Status is HttpStatusCode.NotFound), Is.EqualTo(Many - 1));
        Assert.That(await CountAsync("channel_members where channel_id = 2 and user_id = 3"), Is.EqualTo(joined));
    }

    [TestCase("/v1/users/1")]
    [TestCase("/v1/channels/1")]
    [TestCase("/v1/messages/5")]
    public async Task Version_is_changed_once(string path)
    {
        using var read = await Caller.GetAsync(new Uri(path, UriKind.Relative));

        var responses = await AtOnceAsync(
            _ => $"PATCH {path}", i => $$$"""{"properties":{"winner":{{{i}}}}}""", "If-Match", read.Headers.ETag!.Tag);

        Assert.That(responses.Count(response => response.Status is HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(responses.Count(response => response.Status is HttpStatusCode.PreconditionFailed), Is.EqualTo(Many - 1));
        var winner = responses.Single(response => response.Status is HttpStatusCode.OK).Body;
        Assert.That((await GetAsync(path)).ToJsonString(), Is.EqualTo(Json.Parse(winner).ToJsonString()));
    }

    [TestCase("/v1/users/1")]
    [TestCase("/v1/channels/1")]
    [TestCase("/v1/messages/5")]
    public async Task No_unconditional_change_is_lost(string path)
    {
        var responses = await AtOnceAsync(_ => $"PATCH {path}", i => $$$"""{"properties":{"key{{{i}}}":{{{i}}}}}""");

        var stored = (await GetAsync(path))["properties"]!.AsObject().Count;
        Assert.That(responses.Select(response => response.Status), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(stored, Is.EqualTo(Many));
    }

    [Test]
    public async Task Each_user_reacts_once()
    {
        var responses = await AtOnceAsync(
            _ => "PUT /v1/messages/5/reactions/heart", i => $$"""{"id":{{1 + (i % 3)}}}""");

        Assert.That(responses.Select(response => response.Status), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That((long)(await GetAsync("/v1/messages/5"))["reactions"]![0]!["count"]!, Is.EqualTo(3));
        Assert.That(await CountAsync("message_reactions"), Is.EqualTo(3));
    }

    [Test]
    public async Task Reaction_is_removed_once()
    {
        await PutAsync("/v1/messages/5/reactions/heart", """{"username":"bob"}""");

        var responses = await AtOnceAsync(_ => "DELETE /v1/messages/5/reactions/heart", _ => """{"username":"bob"}""");

        Assert.That(responses.Count(response => response.Status is HttpStatusCode.OK), Is.EqualTo(1));
        Assert.That(responses.Count(response => response.Status is HttpStatusCode.NotFound), Is.EqualTo(Many - 1));
        Assert.That(await CountAsync("events where type = 'message.reaction_removed'"), Is.EqualTo(1));
    }

    [TestCase("POST /v1/messages/5/read", "read_receipts")]
    [TestCase("POST /v1/channels/1/read", "read_marks")]
    [TestCase("POST /v1/messages/5/reports", "message_reports")]
    public async Task Receipt_and_report_are_created_once(string request, string table)
    {
        var responses = await AtOnceAsync(_ => request, _ => request.EndsWith("reports", StringComparison.Ordinal)
            ? """{"user":{"username":"bob"}}"""
            : """{"username":"bob"}""");

        Assert.That(responses.Select(response => response.Status), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That(responses.Distinct().Count(), Is.EqualTo(1));
        Assert.That(await CountAsync(table), Is.EqualTo(1));
    }

    [Test]
    public async Task Reading_a_growing_channel_never_moves_the_read_mark_back()
    {
        var responses = await AtOnceAsync(
            i => i % 2 == 0 ? "POST /v1/channels/1/messages" : "POST /v1/channels/1/read",
            i => i % 2 == 0 ? """{"type":"TEXT","body":"x","user":{"id":1}}""" : """{"username":"bob"}""");
        await PostAsync("/v1/channels/1/read", """{"username":"bob"}""");

        Assert.That(responses.Select(response => response.Status), Is.All.EqualTo(HttpStatusCode.OK));
        Assert.That((long)(await GetAsync("/v1/users/2/messages/unread/count"))["count"]!, Is.Zero);
        Assert.That(await CountAsync(
            """
            read_marks a join read_marks b on a.id < b.id where a.from_snapshot is not distinct from b.from_snapshot
            """), Is.Zero, "two read marks begin at the same snapshot");
    }

    [Test]
    public async Task Ending_a_user_session_ends_all_its_chat_sessions()
    {
        var session = (long)(await PostAsync("/v1/user-sessions", """{"user":{"username":"alice"}}"""))["id"]!;

        var responses = await AtOnceAsync(
            i => i % 10 == 9 ? $"DELETE /v1/user-sessions/{session}" : $"POST /v1/user-sessions/{session}/chat-sessions",
            i => i % 10 == 9 ? null : """{"channelId":1}""");

        Assert.That(responses.Select(response => response.Status), Is.All.AnyOf(HttpStatusCode.OK, HttpStatusCode.Conflict));
        Assert.That(await CountAsync("chat_sessions where end_time is null"), Is.Zero);
        Assert.That(await CountAsync("events where type = 'session.ended'"), Is.EqualTo(1));
        Assert.That(
            await CountAsync("events where type = 'chat_session.ended'"),
            Is.EqualTo(await CountAsync("events where type = 'chat_session.started'")));
    }

    [Test]
    public async Task Chat_session_ends_once()
    {
        var session = (long)(await PostAsync("/v1/user-sessions", """{"user":{"username":"alice"}}"""))["id"]!;
        var chat = (long)(await PostAsync($"/v1/user-sessions/{session}/chat-sessions", """{"channelId":1}"""))["id"]!;

        var responses = await AtOnceAsync(_ => $"DELETE /v1/chat-sessions/{chat}", _ => null);

        Assert.That(responses.Distinct().Select(response => response.Status), Is.EqualTo([HttpStatusCode.OK]));
        Assert.That(await CountAsync("events where type = 'chat_session.ended'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Deleting_a_used_resource_causes_no_server_error()
    {
        var responses = await AtOnceAsync(
            i => (i % 5) switch
            {
                0 => "POST /v1/threads/5/messages",
                1 => "PUT /v1/messages/5/reactions/heart?username=bob",
                2 => "PATCH /v1/messages/5",
                3 when i > 50 => "DELETE /v1/messages/5",
                _ => "POST /v1/messages/5/read",
            },
            i => (i % 5) switch
            {
                0 => """{"type":"TEXT","body":"x","user":{"id":1}}""",
                2 => $$"""{"body":"{{i}}"}""",
                3 or 4 => """{"username":"bob"}""",
                _ => null,
            });

        Assert.That(
            responses.Select(response => (int)response.Status),
            Is.All.AnyOf(200, 404, 409),
            string.Join('\n', responses.Distinct()));
        await GetAsync("/v1/messages/5", HttpStatusCode.NotFound);
        Assert.That(await CountAsync("messages where parent_id = 5"), Is.Zero);
    }

    [Test]
    public async Task Every_wrong_password_is_counted()
    {
        using var anonymous = Server.Anonymous();
        async Task<HttpStatusCode> TryAsync()
        {
            using var response = await anonymous.PostAsJsonAsync(
                new Uri("/api/v1/login", UriKind.Relative), new { user = "alice", password = "wrong" });
            return response.StatusCode;
        }

        var few = await Task.WhenAll(Enumerable.Range(0, Account.MaxFailures - 1).Select(_ => TryAsync()));
        var failures = await CountAsync("accounts where user_id = 1 and failed_logins = 9 and blocked_until is null");
        var more = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => TryAsync()));

        Assert.That(few, Is.All.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That(failures, Is.EqualTo(1), "all nine failures count");
        Assert.That(more.Count(status => status is HttpStatusCode.Unauthorized), Is.EqualTo(1), "the tenth");
        Assert.That(more.Count(status => status is HttpStatusCode.TooManyRequests), Is.EqualTo(19), "all later ones are blocked");
    }

    /// <returns>The responses of a hundred requests; none is a server error.</returns>
    private async Task<(HttpStatusCode Status, string Body)[]> AtOnceAsync(
        Func<int, string> request, Func<int, string?> body, string? header = null, string? value = null)
    {
        var responses = await Task.WhenAll(Enumerable.Range(0, Many).Select(async i =>
        {
            var parts = request(i).Split(' ');
            using var message = new HttpRequestMessage(new HttpMethod(parts[0]), new Uri(parts[1], UriKind.Relative));
            message.Content = body(i) is { } json ? new StringContent(json, Encoding.UTF8, "application/json") : null;
            if (header is not null)
            {
                message.Headers.TryAddWithoutValidation(header, value);
            }

            using var response = await Caller.SendAsync(message);
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }));
        Assert.That(responses.Where(response => (int)response.StatusCode >= 500).Distinct(), Is.Empty);
        return responses;
    }

    private async Task<long> CountAsync(string rows)
    {
        await using var command = Database.DataSource.CreateCommand($"select count(*) from {rows}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
