using System.Net;
using System.Text.Json.Nodes;
using ChatPlatform.Application.Functions;
using ChatPlatform.Testing;
using ChatPlatform.WebApi.FunctionalTests.RealData;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Platform;

/// <summary>Scripts as applications write them, run by the real runtime. Skipped with a reason if Node.js is missing.</summary>
public sealed class RunningFunctionsTests : PlatformTest
{
    private const string Start = "user.attempted.start_session";
    private const string Send = "user.attempted.send_message";

    protected override bool Workers => true;

    protected override void Configure(ServerFactory server) => server.Settings["PublicBaseUrl"] = "http://localhost";

    [OneTimeSetUp]
    public async Task FindNode()
    {
        var found = await Server.Services.GetRequiredService<IFunctionRuntime>().GetAvailabilityAsync(CancellationToken.None);
        if (!found.Available)
        {
            Skip.IfDownloadFailed(found.Reason!);
        }
    }

    /// <summary>Deletes the events of the seeded community, which are older than any function.</summary>
    [SetUp]
    public async Task DeleteEvents()
    {
        await using var command = Database.DataSource.CreateCommand("DELETE FROM events");
        await command.ExecuteNonQueryAsync();
    }

    [Test]
    public async Task A_session_handler_creates_the_user_and_adds_them_as_a_member()
    {
        await PutAsync("/v1/application/settings", """{"guestUsers":"DISABLED","userCreatedChannels":"ENABLED"}""");
        var function = await DeployAsync(Start, """
            const seen: string[] = [];

            async function handleEvent(event: UserAttemptedStartSessionEvent, context: Context) {
              const { username, authParams } = event;
              const users = context.getUserApi();
              seen.push(username);
              try {
                await users.getUserExists(username);
              } catch {
                const created = await users.createUser({ name: username, displayName: authParams.displayName ?? username });
                await context.getChannelApi().createChannelMember(2, { id: created.data.id });
              }
              return seen;
            }
            """);

        var first = await PostAsync("/v1/user-sessions", """{"user":{"username":"grace"},"authParams":{"displayName":"Grace Hopper"}}""");
        var again = await PostAsync("/v1/user-sessions", """{"user":{"username":"grace"}}""");

        Assert.That(((string)first["user"]!["displayName"]!, (bool)first["user"]!["isGuest"]!), Is.EqualTo(("Grace Hopper", false)));
        Assert.That((long)again["user"]!["id"]!, Is.EqualTo((long)first["user"]!["id"]!));
        Assert.That(Values(await GetAsync("/v1/channels/2/members"), "users", "name"), Does.Contain("grace"));
        var runs = (await GetAsync($"/v1/functions/{function}/invocations"))["_embedded"]!["invocations"]!.AsArray();
        Assert.That(runs.Select(run => run!["result"]!.ToJsonString()), Is.EqualTo(
            ["""{"payload":["grace","grace"]}""", """{"payload":["grace"]}"""]), "module state survives between calls");
    }

    /// <summary>The documents are next to the real chat data.</summary>
    [Test]
    [RequiresRealData]
    public async Task The_documented_handler_runs_unchanged()
    {
        var seeds = Path.Combine(RequiresRealDataAttribute.Folder!, "..", "seeds", "chatkitty-platform-api-2.49.2.txt");
        var line = (await File.ReadAllLinesAsync(seeds)).First(text => text.StartsWith("{- \"handlerScript\": ", StringComparison.Ordinal));
        var script = (string)JsonNode.Parse("{" + line[2..] + "}")!["handlerScript"]!;
        await using (var command = Database.DataSource.CreateCommand(
            """
            SET session_replication_role = replica;
            UPDATE channels SET id = 702 WHERE id = 2; UPDATE channel_members SET channel_id = 702 WHERE channel_id = 2;
            UPDATE threads SET channel_id = 702 WHERE channel_id = 2; SET session_replication_role = origin
            """))
        {
            await command.ExecuteNonQueryAsync();
        }

        var function = await DeployAsync(Start, script);
        await PostAsync("/v1/user-sessions", """{"user":{"username":"asac@example.com"},"authParams":{"displayName":"Niyati"}}""");

        var run = (await GetAsync($"/v1/functions/{function}/invocations"))["_embedded"]!["invocations"]![0]!;
        Assert.That(run["result"]!.ToJsonString(), Is.EqualTo("""{"payload":["Hello asac@example.com"]}"""), run.ToJsonString());
        Assert.That(
            (await GetAsync("/v1/channels/702/members"))["_embedded"]!["users"]!.AsArray().Select(user => (string)user!["displayName"]!),
            Does.Contain("Niyati"));
    }

    [Test]
    public async Task A_handler_changes_denies_and_logs_messages()
    {
        var function = await DeployAsync(Send, """
            function handleEvent({ message }) {
              console.log('saw', message.body);
              console.warn('twice');
              if (message.body.includes('spam')) {
                throw new Error('No advertising here');
              }
              return { body: message.body.toUpperCase(), properties: { ...message.properties, checked: true } };
            }
            """);

        var sent = await SendMessageAsync("hello", HttpStatusCode.OK);
        var refused = await SendMessageAsync("spam", HttpStatusCode.Forbidden);

        Assert.That(((string)sent["body"]!, sent["properties"]!.ToJsonString()), Is.EqualTo(("HELLO", """{"checked":true}""")));
        Assert.That((string)refused["error_description"]!, Is.EqualTo("No advertising here"));
        var runs = (await GetAsync($"/v1/functions/{function}/invocations"))["_embedded"]!["invocations"]!.AsArray();
        Assert.That((string)runs[0]!["error"]!["stack"]!, Does.Contain("handleEvent").And.Contain(":5:"), "the line of the script");
        var console = await GetAsync("/v1" + LinksOf(runs[1]!)["console"]);
        Assert.That(
            console["lines"]!.AsArray().Select(line => $"{line!["level"]} {line["text"]}"), Is.EqualTo(["log saw hello", "warn twice"]));
    }

    [Test]
    public async Task A_function_that_never_ends_times_out_and_failOpen_decides()
    {
        var function = await DeployAsync(Send, "function handleEvent() { for (;;) {} }");

        await SendMessageAsync("hello", HttpStatusCode.OK);
        await PatchAsync($"/v1/functions/{function}", """{"failOpen":false}""");
        await SendMessageAsync("hello", HttpStatusCode.ServiceUnavailable);

        var runs = await GetAsync($"/v1/functions/{function}/invocations");
        Assert.That(
            runs["_embedded"]!["invocations"]!.AsArray().Select(run => (string)run!["error"]!["kind"]!),
            Is.All.EqualTo("TIMED_OUT").Or.EqualTo("LIMIT_EXCEEDED"));
    }

    [Test]
    public async Task Handlers_can_use_exports_of_the_initialization_script_and_variables()
    {
        await PutAsync("/v1/runtimes/nodejs/environment-variables", """{"GREETING":"Ahoy"}""");
        await PutAsync(
            "/v1/runtimes/nodejs/initialization-script",
            """{"script":"export const greet = name => `${process.env.GREETING}, ${name}`;"}""");
        var function = await DeployAsync(
            "user.sent.message",
            "function handleEvent(event) { return [greet(event.name), process.env.CHATKITTY_APPLICATION_ID, process.env.PATH ?? null]; }");

        var run = await PostAsync($"/v1/functions/{function}/test", """{"event":{"name":"Ada"}}""");
        await PutAsync("/v1/runtimes/nodejs/environment-variables", """{"GREETING":"Hello"}""");
        var later = await PostAsync($"/v1/functions/{function}/test", """{"event":{"name":"Ada"}}""");

        Assert.That(run["result"]!.ToJsonString(), Is.EqualTo("""{"payload":["Ahoy, Ada","1",null]}"""), run.ToJsonString());
        Assert.That(later["result"]!["payload"]![0]!.ToString(), Is.EqualTo("Hello, Ada"), "a change applies to the next call");
    }

    [Test]
    public async Task A_script_is_checked_and_tested_without_deployment()
    {
        var function = await DeployAsync("user.sent.message", "function handleEvent() { return 1; }");

        var refused = await PostAsync(
            $"/v1/functions/{function}/versions", """{"handlerScript":"let a;\nlet b = = 1"}""", HttpStatusCode.BadRequest);
        var draft = await PostAsync($"/v1/functions/{function}/test", """{"handlerScript":"function handleEvent() { return 2; }"}""");
        var none = await PostAsync($"/v1/functions/{function}/test", """{"handlerScript":"const a = 1;"}""");

        await PostAsync($"/v1/functions/{function}/versions", """{"handlerScript":"function handleEvent() { return 3; }"}""");
        var older = await PostAsync($"/v1/functions/{function}/test", """{"versionNumber":1}""");
        await PostAsync($"/v1/functions/{function}/test", """{"versionNumber":9}""", HttpStatusCode.NotFound);

        Assert.That((int)older["result"]!["payload"]!, Is.EqualTo(1));
        Assert.That((string)refused["properties"]!["handlerScript"]![0]!, Does.StartWith("line 2, column 9"));
        Assert.That(((string)draft["status"]!, (int)draft["result"]!["payload"]!), Is.EqualTo(("SUCCEEDED", 2)));
        Assert.That(((string)none["status"]!, (string)none["error"]!["kind"]!), Is.EqualTo(("FAILED", "NOT_LOADABLE")));
        Assert.That((await GetAsync($"/v1/functions/{function}/invocations"))["_embedded"], Is.Null);
        Assert.That((int)(await GetAsync($"/v1/functions/{function}"))["currentVersionNumber"]!, Is.EqualTo(2));
    }

    [Test]
    public async Task A_function_runs_for_an_event_and_calls_the_API()
    {
        await DeployAsync("user.sent.message", """
            async function handleEvent({ user, channel, message }, context) {
              if (message.body === 'ping') {
                await context.ChatKitty.Channels.sendChannelMessage(channel.id, { type: 'TEXT', body: `pong, ${user.displayName}` });
              }
            }
            """);

        await SendMessageAsync("ping", HttpStatusCode.OK);

        await Wait.UntilAsync(
            async () => Values(await GetAsync("/v1/channels/1/messages?query=pong"), "messages", "body") is ["pong, Bob Baker"],
            "the reply");
    }

    /// <summary>Skipped with a reason if no registry is reachable.</summary>
    [Test]
    public async Task Packages_are_installed_and_remain_if_a_later_installation_fails()
    {
        var installed = await InstallAsync("ms", "^2.1.3");
        if ((string?)installed["installation"]!["error"] is { } reason)
        {
            Skip.IfDownloadFailed(reason);
        }

        var function = await DeployAsync("user.sent.message", "const ms = require('ms'); function handleEvent() { return ms('2h'); }");
        var used = await PostAsync($"/v1/functions/{function}/test", "{}");
        var failed = await InstallAsync("ms", "99.0.0");
        var still = await PostAsync($"/v1/functions/{function}/test", "{}");

        Assert.That((string)installed["installation"]!["state"]!, Is.EqualTo("FINISHED"), installed.ToJsonString());
        Assert.That((string)installed["dependencies"]![0]!["installed"]!, Does.StartWith("2."));
        Assert.That(used["result"]!.ToJsonString(), Is.EqualTo("""{"payload":7200000}"""), used.ToJsonString());
        Assert.That((string)failed["installation"]!["state"]!, Is.EqualTo("FAILED"));
        Assert.That((string)failed["installation"]!["error"]!, Does.Contain("99.0.0"));
        Assert.That((string)failed["dependencies"]![0]!["version"]!, Is.EqualTo("^2.1.3"));
        Assert.That(still["result"]!.ToJsonString(), Is.EqualTo("""{"payload":7200000}"""), still.ToJsonString());
        Assert.That((await PutAsync("/v1/runtimes/nodejs/dependencies", "[]"))["installation"], Is.Not.Null);
        await Wait.UntilAsync(
            async () => (await GetAsync("/v1/runtimes/nodejs"))["dependencies"]!.AsArray().Count == 0, "all packages to be removed");
    }

    private async Task<JsonNode> InstallAsync(string name, string version)
    {
        await PutAsync("/v1/runtimes/nodejs/dependencies", $$"""[{"name":"{{name}}","version":"{{version}}"}]""");
        JsonNode runtime = null!;
        await Wait.UntilAsync(
            async () => (string)(runtime = await GetAsync("/v1/runtimes/nodejs"))["installation"]!["state"]! is "FINISHED" or "FAILED",
            "the installation to end",
            TimeSpan.FromMinutes(5));
        return runtime;
    }

    private Task<JsonNode> SendMessageAsync(string body, HttpStatusCode expected) =>
        PostAsync("/v1/channels/1/messages", $$$"""{"type":"TEXT","body":"{{{body}}}","user":{"id":2}}""", expected);

    private async Task<long> DeployAsync(string type, string script)
    {
        var created = await PostAsync("/v1/runtimes/nodejs/functions", $$"""{"type":"{{type}}","name":"f"}""");
        await PostAsync($"/v1/functions/{created["id"]}/versions", new JsonObject { ["handlerScript"] = script }.ToJsonString());
        return (long)created["id"]!;
    }
}
