using ChatPlatform.Application.Functions;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Functions that run for logged events: order, retries and dead letters.</summary>
public sealed class FunctionDeliveryTests : FunctionTest
{
    protected override bool Workers => true;

    protected override void Configure(ServerFactory server)
    {
        base.Configure(server);
        server.Settings["Functions:Tries"] = "3";
    }

    /// <summary>Events of the seeded community, which precede all functions.</summary>
    [SetUp]
    public async Task DeleteEvents()
    {
        await using var command = Database.DataSource.CreateCommand("DELETE FROM events");
        await command.ExecuteNonQueryAsync();
    }

    [Test]
    public async Task A_users_message_runs_the_function_with_its_payload()
    {
        var function = await DeployAsync("user.sent.message");

        var sent = await PostAsync("/v1/channels/1/messages", """{"type":"TEXT","body":"hi","user":{"id":2},"properties":{"A_b":1}}""");
        await RunsAsync(function, 1);

        var args = (await InvocationsAsync(function))[0]["args"]!;
        Assert.That(args.AsObject().Select(member => member.Key), Is.EqualTo(["user", "channel", "message"]));
        Assert.That(args["message"]!.ToJsonString(), Is.EqualTo(sent.ToJsonString()));
        Assert.That((string)args["user"]!["name"]!, Is.EqualTo("bob"));
        Assert.That((string)args["channel"]!["name"]!, Is.EqualTo("lobby"));
        Assert.That(await CountAsync("SELECT count(*) FROM function_deliveries"), Is.Zero);
    }

    [TestCase("user.received.notification", "user notification userHasActiveSession")]
    [TestCase("user.started.chat_session", "user channel channelUnread channelMessagesCount")]
    [TestCase("user.reacted_to.message", "user message reaction")]
    [TestCase("user.read.message", "user message receipt")]
    [TestCase("user.received.channel_invite", "user channel")]
    [TestCase("system.triggered.event", "channel event")]
    [TestCase("user.triggered.event", "user channel event")]
    public async Task Each_type_has_its_payload(string type, string members)
    {
        var function = await DeployAsync(type);
        var session = await PostAsync("/v1/user-sessions", """{"user":{"username":"bob"}}""");
        var chat = await PostAsync($"/v1/user-sessions/{session["id"]}/chat-sessions", """{"channelId":2}""");
        await PostAsync($"/v1/chat-sessions/{chat["id"]}/events", """{"type":"nod","properties":{"A_b":1}}""");
        await PutAsync("/v1/messages/5/reactions/heart", """{"username":"bob"}""");
        await PostAsync("/v1/messages/5/read", """{"username":"bob"}""");
        await PostAsync("/v1/channels/2/invites", """{"user":{"username":"carol"}}""");
        await PostAsync("/v1/channels/1/events", """{"type":"wave","properties":{"A_b":1}}""");
        await PostAsync("/v1/channels/4/messages", """{"type":"TEXT","body":"hi","user":{"id":1}}""");

        await RunsAsync(function, 1);

        var args = (await InvocationsAsync(function))[0]["args"]!.AsObject();
        Assert.That(args.Select(member => member.Key), Is.EqualTo(members.Split(' ')));
        Assert.That(
            args.ToJsonString(),
            Does.Contain(type.EndsWith("triggered.event", StringComparison.Ordinal) ? "\"A_b\":1" : "\"name\":\""));
    }

    [Test]
    public async Task Events_without_an_enabled_function_are_not_queued()
    {
        var disabled = await DeployAsync("user.sent.message");
        await PatchAsync($"/v1/functions/{disabled}", """{"enabled":false}""");
        var other = await DeployAsync("user.reacted_to.message");

        await SendMessageAsync(1, "hello");
        await PostAsync("/v1/channels/1/messages", """{"type":"TEXT","body":"from the system"}""");
        await PutAsync("/v1/messages/5/reactions/heart", """{"username":"bob"}""");
        await RunsAsync(other, 1);

        Assert.That(Runtime.Requests, Has.Count.EqualTo(1));
        Assert.That(await CountAsync("SELECT count(*) FROM function_deliveries"), Is.Zero);
    }

    [Test]
    public async Task Deliveries_of_a_channel_keep_their_order_through_retries()
    {
        var function = await DeployAsync("user.sent.message");
        var failed = 0;
        Runtime.Run = (request, _) => Task.FromResult(BodyOf(request) == "1" && Interlocked.Increment(ref failed) < 3
            ? ScriptedRuntime.Fails(FunctionErrorKind.Thrown, "not yet")
            : ScriptedRuntime.Returns("null"));
        foreach (var body in new[] { "1", "2", "3" })
        {
            await SendMessageAsync(1, body);
        }

        await SendMessageAsync(2, "elsewhere");
        await Wait.UntilAsync(
            async () =>
            {
                await AdvanceAsync(seconds: 1);
                return SentBodies().Contains("3");
            },
            "all to have run");

        Assert.That(SentBodies().Where(body => body != "elsewhere"), Is.EqualTo(["1", "1", "1", "2", "3"]));
        Assert.That(SentBodies().IndexOf("elsewhere"), Is.LessThan(SentBodies().IndexOf("3")), "another channel does not wait");
        await Wait.UntilAsync(async () => await CountAsync("SELECT count(*) FROM function_deliveries") == 0, "no delivery to be left");
        Assert.That((await InvocationsAsync(function)).Count(run => (string)run["status"]! == "FAILED"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_delivery_that_fails_too_often_is_a_dead_letter_that_can_be_replayed()
    {
        var function = await DeployAsync("user.sent.message");
        Runtime.Run = (_, _) => Task.FromResult(ScriptedRuntime.Fails(FunctionErrorKind.Thrown, "never"));
        await SendMessageAsync(1, "one");
        await SendMessageAsync(1, "two");
        await Wait.UntilAsync(
            async () =>
            {
                await AdvanceAsync(seconds: 2);
                return await CountAsync("SELECT count(*) FROM function_deliveries WHERE state = 2") == 2;
            },
            "both to be dead letters");

        var letters = (await GetAsync($"/v1/functions/{function}/dead-letters"))["_embedded"]!["deadLetters"]!.AsArray();
        Assert.That(letters.Select(letter => (string)letter!["args"]!["message"]!["body"]!), Is.EqualTo(["two", "one"]));
        Assert.That(((int)letters[0]!["attempts"]!, (string)letters[0]!["error"]!["message"]!), Is.EqualTo((3, "never")));

        Runtime.Reset();
        var replayed = await PostAsync($"/v1/function-dead-letters/{letters[0]!["id"]}/replay", "");
        Assert.That((string)replayed["state"]!, Is.EqualTo("WAITING"));
        await Wait.UntilAsync(() => Task.FromResult(SentBodies().Contains("two")), "the second to run again");
        Assert.That((int)(await PostAsync($"/v1/functions/{function}/dead-letters/replay", ""))["count"]!, Is.EqualTo(1));
        await Wait.UntilAsync(async () => await CountAsync("SELECT count(*) FROM function_deliveries") == 0, "both to be delivered");
        Assert.That(SentBodies(), Is.EqualTo(["two", "one"]));
        await PostAsync($"/v1/function-dead-letters/{letters[0]!["id"]}/replay", "", System.Net.HttpStatusCode.NotFound);
    }

    [Test]
    public async Task Deliveries_wait_while_their_function_is_disabled()
    {
        var function = await DeployAsync("user.sent.message");
        Runtime.Run = (_, _) => Task.FromResult(ScriptedRuntime.Fails(FunctionErrorKind.Thrown, "later"));
        await SendMessageAsync(1, "one");
        await Wait.UntilAsync(
            async () => await CountAsync("SELECT count(*) FROM function_deliveries WHERE state = 0 AND failure IS NOT NULL") == 1,
            "one to be tried");
        await PatchAsync($"/v1/functions/{function}", """{"enabled":false}""");
        Runtime.Reset();
        Clock.Advance(TimeSpan.FromSeconds(5));
        await SendMessageAsync(1, "not queued");
        var other = await DeployAsync("user.reacted_to.message");
        await PutAsync("/v1/messages/5/reactions/heart", """{"username":"bob"}""");
        await Wait.UntilAsync(
            async () => await CountAsync($"SELECT count(*) FROM function_invocations WHERE function_id = {other} AND status = 1") == 1,
            "the other to have run");
        Assert.That(Runtime.Requests.Select(request => request.FunctionId), Is.EqualTo([other]));

        await PatchAsync($"/v1/functions/{function}", """{"enabled":true}""");
        await RunsAsync(function, 1);

        Assert.That(BodyOf(Runtime.Requests[^1]), Is.EqualTo("one"));
    }

    [Test]
    public async Task Runs_with_an_expired_lease_fail()
    {
        var function = await DeployAsync("user.reacted_to.message");
        await CountAsync(
            $"""
            INSERT INTO function_invocations (application_id, function_id, version_number, status, args, console, created_time, lease_until)
            VALUES (1, {function}, 1, 0, '[]', '[]', '2026-06-15 11:00Z', '2026-06-15 11:01Z') RETURNING id
            """);

        await Wait.UntilAsync(
            async () => (string)(await InvocationsAsync(function))[0]["status"]! == "FAILED", "the run to be ended");

        Assert.That((string)(await InvocationsAsync(function))[0]["error"]!["kind"]!, Is.EqualTo("INTERRUPTED"));
        Clock.Advance(TimeSpan.FromDays(31));
        await Wait.UntilAsync(async () => await CountAsync("SELECT count(*) FROM function_invocations") == 0, "the record to be deleted");
    }

    [Test]
    public async Task A_removed_function_disappears_at_once_and_its_rows_in_batches()
    {
        var (function, other) = (await DeployAsync("user.reacted_to.message"), await DeployAsync("user.read.message"));
        await CountAsync(
            $"""
            INSERT INTO function_invocations (application_id, function_id, version_number, status, args, console, created_time, ended_time)
            SELECT 1, f, 1, 1, '[]', '[]', now, now
            FROM generate_series(1, 12000) n, unnest(ARRAY[{function}, {other}]) f, (SELECT timestamptz '2026-06-15 11:00Z' AS now) t
            WHERE f = {function} OR n = 1;
            INSERT INTO function_deliveries (application_id, function_id, channel_id, state, attempts, created_time, not_before, ended_time)
            VALUES (1, {function}, 1, 2, 3, '2026-06-15 11:00Z', '2026-06-15 11:00Z', '2026-06-15 11:00Z');
            SELECT 1::bigint
            """);
        var run = (long)(await InvocationsAsync(function))[0]["id"]!;
        var letter = (await GetAsync($"/v1/functions/{function}/dead-letters"))["_embedded"]!["deadLetters"]![0]!["id"];

        await DeleteAsync($"/v1/functions/{function}");

        foreach (var path in new[] { $"s/{function}", $"s/{function}/invocations", $"-invocations/{run}", $"-invocations/{run}/console" })
        {
            await GetAsync($"/v1/function{path}", System.Net.HttpStatusCode.NotFound);
        }

        await PostAsync($"/v1/function-dead-letters/{letter}/replay", "", System.Net.HttpStatusCode.NotFound);
        Assert.That(await CountAsync("SELECT count(*) FROM function_invocations"), Is.GreaterThan(1), "not within the request");
        await Wait.UntilAsync(
            async () =>
            {
                Clock.Advance(TimeSpan.FromSeconds(1));
                return await CountAsync($"SELECT count(*) FROM functions WHERE id = {function}") == 0;
            },
            "the function to be deleted");
        Assert.That(await CountAsync("SELECT count(*) FROM function_invocations"), Is.EqualTo(1), "the rows of another function stay");
        Assert.That(await CountAsync("SELECT count(*) FROM function_deliveries"), Is.Zero);
    }

    [Test]
    public async Task Imports_run_no_functions()
    {
        var function = await DeployAsync("user.sent.message");
        using var form = new MultipartFormDataContent
        {
            { new StringContent("""[{"type":"TEXT","user":"bob","body":"imported","channelId":1}]"""), "file", "messages.json" },
        };
        using var accepted = await Caller.PostAsync(new Uri("/v1/imports/messages", UriKind.Relative), form);
        await Wait.UntilAsync(async () => await CountAsync("SELECT count(*) FROM messages WHERE body = 'imported'") == 1, "the import");

        await SendMessageAsync(1, "sent");
        await RunsAsync(function, 1);

        Assert.That(SentBodies(), Is.EqualTo(["sent"]));
    }

    [Test]
    public async Task A_failed_installation_is_reported_and_keeps_the_packages()
    {
        var requested = await PutAsync("/v1/runtimes/nodejs/dependencies", """[{"name":"left-pad","version":"^1.3.0"}]""");

        Assert.That(requested["dependencies"]!.ToJsonString(), Is.EqualTo(
            """[{"name":"left-pad","version":"^1.3.0","defaultDependency":false}]"""));
        await Wait.UntilAsync(
            async () => (string)(await GetAsync("/v1/runtimes/nodejs"))["installation"]!["state"]! == "FAILED", "the installation to fail");

        var runtime = await GetAsync("/v1/runtimes/nodejs");
        Assert.That((string)runtime["installation"]!["error"]!, Is.EqualTo("no such package"));
        Assert.That(runtime["dependencies"]!.AsArray(), Is.Empty);
        Runtime.Installs = true;
        await PutAsync("/v1/runtimes/nodejs/dependencies", """[{"name":"left-pad","version":"^1.3.0"}]""");
        await Wait.UntilAsync(
            async () => (string)(await GetAsync("/v1/runtimes/nodejs"))["installation"]!["state"]! == "FINISHED",
            "the installation to end");
        Assert.That((await GetAsync("/v1/runtimes/nodejs"))["dependencies"]!.ToJsonString(), Is.EqualTo(
            """[{"name":"left-pad","version":"^1.3.0","defaultDependency":false,"installed":"1.3.0"}]"""));
        Runtime.Installs = false;
        await PutAsync("/v1/runtimes/nodejs/dependencies", """[{"name":"other","version":"1"}]""");
        await Wait.UntilAsync(
            async () => (string)(await GetAsync("/v1/runtimes/nodejs"))["installation"]!["state"]! == "FAILED", "the other to fail");
        Assert.That((string)(await GetAsync("/v1/runtimes/nodejs"))["dependencies"]![0]!["name"]!, Is.EqualTo("left-pad"));
    }

    /// <summary>Not during a run, whose lease would expire.</summary>
    private async Task AdvanceAsync(int seconds)
    {
        if (await CountAsync("SELECT count(*) FROM function_deliveries WHERE state = 1") == 0)
        {
            Clock.Advance(TimeSpan.FromSeconds(seconds));
        }
    }

    private static string BodyOf(InvocationRequest request) => request.Event.GetProperty("message").GetProperty("body").GetString()!;

    private List<string> SentBodies()
    {
        lock (Runtime.Requests)
        {
            return [.. Runtime.Requests.Select(BodyOf)];
        }
    }

    private Task<System.Text.Json.Nodes.JsonNode> SendMessageAsync(long channel, string body) =>
        PostAsync($"/v1/channels/{channel}/messages", $$$"""{"type":"TEXT","body":"{{{body}}}","user":{"id":2}}""");

    private Task RunsAsync(long function, int count) => Wait.UntilAsync(
        async () => await CountAsync($"SELECT count(*) FROM function_invocations WHERE function_id = {function} AND status = 1") == count
            && await CountAsync("SELECT count(*) FROM function_deliveries") == 0,
        "the function to have run");
}
