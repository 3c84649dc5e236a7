using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatPlatform.Application.Functions;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Functions that run before an action and decide on it (docs/contracts/platform.md#function-events).</summary>
public sealed class FunctionHooksTests : FunctionTest
{
    private const string Start = "user.attempted.start_session";
    private const string Send = "user.attempted.send_message";
    private const string Hello = """{"type":"TEXT","body":"hello","user":{"username":"bob"},"properties":{"A_b":1}}""";

    [Test]
    public async Task A_session_is_denied_with_the_functions_error()
    {
        var function = await DeployAsync(Start);
        Runtime.Run = (_, _) => Task.FromResult(ScriptedRuntime.Fails(FunctionErrorKind.Thrown, "Wrong password"));

        var refused = await PostAsync(
            "/v1/user-sessions", """{"user":{"username":"bob"},"authParams":{"pass_Word":"x"}}""", HttpStatusCode.Forbidden);

        Assert.That((string)refused["error"]!, Is.EqualTo("access_denied"));
        Assert.That((string)refused["error_description"]!, Is.EqualTo("Wrong password"));
        Assert.That(await CountAsync("SELECT count(*) FROM user_sessions"), Is.Zero);
        var run = (await InvocationsAsync(function))[0];
        Assert.That(run["args"]!.ToJsonString(), Is.EqualTo("""{"username":"bob","authParams":{"pass_Word":"x"}}"""));
        Assert.That((string)run["status"]!, Is.EqualTo("FAILED"));
        Assert.That((string)run["error"]!["stack"]!, Is.EqualTo("at handleEvent (1:1)"));
    }

    [Test]
    public async Task A_session_belongs_to_the_user_that_the_function_created()
    {
        await PutAsync("/v1/application/settings", """{"guestUsers":"DISABLED","userCreatedChannels":"ENABLED"}""");
        await DeployAsync(Start);
        Runtime.Run = async (request, api) =>
        {
            var name = request.Event.GetProperty("username").GetString();
            var user = await api.CallAsync("Users", "createUser", Json($$"""[{"name":"{{name}}","displayName":"New"}]"""), default);
            await api.CallAsync("Channels", "createChannelMember", Json($$"""[2,{"id":{{user.Value.GetProperty("id")}}}]"""), default);
            return ScriptedRuntime.Returns("true");
        };

        var session = await PostAsync("/v1/user-sessions", """{"user":{"username":"newcomer"}}""");

        Assert.That(((string)session["user"]!["displayName"]!, (bool)session["user"]!["isGuest"]!), Is.EqualTo(("New", false)));
        Assert.That(Values(await GetAsync("/v1/channels/2/members"), "users", "name"), Does.Contain("newcomer"));
    }

    [TestCase(Start, "/v1/user-sessions", """{"user":{"username":"bob"}}""", false)]
    [TestCase(Send, "/v1/channels/1/messages", Hello, true)]
    public async Task A_function_that_cannot_run_fails_open_or_closed(string type, string path, string body, bool open)
    {
        var function = await DeployAsync(type);
        foreach (var kind in new[] { FunctionErrorKind.TimedOut, FunctionErrorKind.Unavailable, FunctionErrorKind.NotLoadable })
        {
            Runtime.Run = (_, _) => Task.FromResult(ScriptedRuntime.Fails(kind, "inside"));
            await PostAsync(path, body, open ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable);
        }

        await PatchAsync($"/v1/functions/{function}", $$"""{"failOpen":{{(open ? "false" : "true")}}}""");
        var response = await PostAsync(path, body, open ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);

        Assert.That(response.ToJsonString(), Does.Not.Contain("inside"));
        Assert.That((await InvocationsAsync(function)).Select(run => (string)run["error"]!["kind"]!),
            Is.EqualTo(["NOT_LOADABLE", "NOT_LOADABLE", "UNAVAILABLE", "TIMED_OUT"]), "newest first");
    }

    [TestCase("null", "hello", """{"A_b":1}""")]
    [TestCase("true", "hello", """{"A_b":1}""")]
    [TestCase("[1]", "hello", """{"A_b":1}""")]
    [TestCase("""{"body":"changed"}""", "changed", """{"A_b":1}""")]
    [TestCase("""{"properties":{"C_d":2}}""", "hello", """{"C_d":2}""")]
    [TestCase("""{"body":"x","properties":{}}""", "x", "{}")]
    [TestCase("""{"body":""}""", "hello", """{"A_b":1}""")]
    [TestCase("""{"body":7}""", "hello", """{"A_b":1}""")]
    [TestCase("""{"properties":[]}""", "hello", """{"A_b":1}""")]
    [TestCase("""{"body":"\ud800"}""", "hello", """{"A_b":1}""")]
    public async Task A_message_has_the_content_that_the_function_returned(string returned, string body, string properties)
    {
        await DeployAsync(Send);
        Runtime.Run = (_, _) => Task.FromResult(ScriptedRuntime.Returns(returned));

        var message = await PostAsync("/v1/channels/1/messages", Hello);

        Assert.That(((string)message["body"]!, message["properties"]!.ToJsonString()), Is.EqualTo((body, properties)));
        var seen = JsonNode.Parse(Runtime.Requests[0].Event.GetRawText())!;
        Assert.That((string)seen["user"]!["name"]!, Is.EqualTo("bob"));
        Assert.That((string)seen["channel"]!["name"]!, Is.EqualTo("lobby"));
        Assert.That(seen["message"]!.ToJsonString(), Is.EqualTo("""{"type":"TEXT","body":"hello","properties":{"A_b":1}}"""));
    }

    [Test]
    public async Task Functions_run_in_turn_and_see_earlier_changes()
    {
        await DeployAsync(Send, "first");
        await DeployAsync(Send, "second");
        Runtime.Run = (request, _) => Task.FromResult(ScriptedRuntime.Returns(
            $$"""{"body":"{{request.Event.GetProperty("message").GetProperty("body").GetString()}} {{request.Name}}"}"""));

        Assert.That((string)(await PostAsync("/v1/threads/5/messages", Hello))["body"]!, Is.EqualTo("hello first second"));
        Assert.That(Runtime.Requests[0].Event.GetProperty("message").GetProperty("parentId").GetInt64(), Is.EqualTo(5));
    }

    [Test]
    public async Task A_denied_message_leaves_nothing()
    {
        await DeployAsync(Send);
        Runtime.Run = (_, _) => Task.FromResult(ScriptedRuntime.Fails(FunctionErrorKind.Thrown, "Not here"));
        var before = await CountAsync("SELECT count(*) FROM messages");

        var refused = await PostAsync("/v1/channels/1/messages", Hello, HttpStatusCode.Forbidden);
        await UploadAsync(HttpStatusCode.Forbidden);

        Assert.That((string)refused["error_description"]!, Is.EqualTo("Not here"));
        Assert.That(await CountAsync("SELECT count(*) FROM messages"), Is.EqualTo(before));
        Assert.That(
            await CountAsync($"SELECT count(*) FROM hosted_files WHERE released_time IS NULL OR released_time > '{Clock.GetUtcNow():o}'"),
            Is.Zero);
        await PostAsync("/v1/channels/1/messages", """{"type":"TEXT","body":"from the system"}""");
        Assert.That(Runtime.Requests, Has.Count.EqualTo(2), "functions do not run for system messages");
    }

    [Test]
    public async Task An_upload_gets_the_properties_that_the_function_returned()
    {
        await DeployAsync(Send);
        var counts = new List<long>();
        Runtime.Run = async (_, _) =>
        {
            counts.Add(await CountAsync("SELECT count(*) FROM hosted_files WHERE released_time IS NOT NULL"));
            return ScriptedRuntime.Returns("""{"properties":{"C_d":2}}""");
        };

        var message = await UploadAsync(HttpStatusCode.OK);

        Assert.That(message["properties"]!.ToJsonString(), Is.EqualTo("""{"C_d":2}"""));
        var file = Runtime.Requests[0].Event.GetProperty("message").GetProperty("file");
        Assert.That(file.GetProperty("name").GetString(), Is.EqualTo("a.txt"));
        await UploadAsync(HttpStatusCode.OK, "key");
        Assert.That(await CountAsync("SELECT count(*) FROM hosted_files WHERE released_time IS NULL"), Is.EqualTo(2));
        Assert.That(counts, Is.EqualTo(new[] { 1, 1 }), "if the server is killed during the run, cleanup removes the file");
    }

    [Test]
    public async Task No_transaction_is_open_while_a_function_runs([Values(null, "key")] string? key)
    {
        await DeployAsync(Send);
        var open = new List<long>();
        Runtime.Run = async (_, _) =>
        {
            open.Add(await CountAsync(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'"));
            return ScriptedRuntime.Returns("null");
        };

        await SendMessageAsync(key);
        await SendMessageAsync(key);

        Assert.That(open, Is.EqualTo(key is null ? [0, 0] : new[] { 0 }), "a repeated request does not run the function again");
    }

    [Test]
    public async Task Concurrent_requests_with_one_key_create_one_message()
    {
        await DeployAsync(Send);

        var responses = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => SendMessageAsync("one")));

        Assert.That(responses.Distinct().Count(), Is.EqualTo(1), string.Join('\n', responses));
        Assert.That(await CountAsync("SELECT count(*) FROM messages WHERE body = 'hello'"), Is.EqualTo(1));
    }

    [Test]
    public async Task Messages_of_a_function_do_not_run_functions()
    {
        await DeployAsync(Send);
        Runtime.Run = async (_, api) =>
        {
            var sent = await api.CallAsync("Channels", "sendChannelMessage", Json($"[1,{Hello}]"), default);
            Assert.That(sent.Error, Is.Null);
            return ScriptedRuntime.Returns("null");
        };

        await PostAsync("/v1/channels/1/messages", Hello);

        Assert.That(Runtime.Requests, Has.Count.EqualTo(1));
        Assert.That(await CountAsync("SELECT count(*) FROM messages WHERE body = 'hello'"), Is.EqualTo(2));
    }

    private static JsonElement Json(string json) => JsonSerializer.Deserialize<JsonElement>(json);

    private async Task<string> SendMessageAsync(string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/channels/1/messages");
        request.Content = new StringContent(Hello, Encoding.UTF8, "application/json");
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await Caller.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), body);
        return body;
    }

    private async Task<JsonNode> UploadAsync(HttpStatusCode expected, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/channels/1/messages");
        request.Content = new MultipartFormDataContent
        {
            { new StringContent("bob"), "username" },
            { new StringContent("""{"A_b":1}"""), "properties" },
            { new StringContent("content"), "file", "a.txt" },
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await Caller.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.That(response.StatusCode, Is.EqualTo(expected), body);
        return JsonNode.Parse(body)!;
    }
}
