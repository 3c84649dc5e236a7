using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Start;

/// <summary>Servers that are killed (kill -9) while functions run, and servers without Node.js.</summary>
[Platform(Include = "Linux")]
internal sealed class KilledFunctionsTests : ServerProcessTest
{
    private const int Messages = 6;

    [Test]
    public async Task No_run_stays_running_and_every_event_is_delivered_after_a_restart()
    {
        using var first = await StartAsync();
        await SkipWithoutNodeAsync(first);
        await DeployAsync(
            first, "user.sent.message", "async function handleEvent() { await new Promise(done => setTimeout(done, 2000)); }");
        for (var i = 0; i < Messages; i++)
        {
            await PostAsync(first, $"/v1/channels/{(i % 2) + 1}/messages", $$$"""{"type":"TEXT","body":"{{{i}}}","user":{"id":2}}""");
        }

        await Wait.UntilAsync(async () => await CountAsync("function_invocations where status = 0") > 0, "a function to run");
        first.KillAtOnce();
        await first.ExitAsync();
        Assert.That(await CountAsync("function_invocations where status = 0"), Is.Positive, "the killed server could not end them");

        using var second = await StartAsync();
        await Wait.UntilAsync(
            async () => await CountAsync("function_deliveries") == 0 && await CountAsync("function_invocations where status = 0") == 0,
            "all to be delivered and none to be running",
            TimeSpan.FromMinutes(2));

        Assert.That(await CountAsync(
            "(select distinct args::json -> 'message' ->> 'id' from function_invocations where status = 1) done"), Is.EqualTo(Messages));
        Assert.That(await CountAsync("function_invocations where status = 2 and failure like '%INTERRUPTED%'"), Is.Positive);
        Assert.That(await CountAsync(
            """
            (select from (
              select i.id, lag(m.id) over (partition by m.channel_id order by i.id) as before, m.id as message
              from function_invocations i join messages m on m.id = (i.args::json -> 'message' ->> 'id')::bigint where i.status = 1) runs
            where before > message) wrong
            """), Is.Zero, "in order by channel");
    }

    [Test]
    public async Task A_killed_process_fails_its_run_and_the_event_is_delivered_again()
    {
        using var server = await StartAsync();
        await SkipWithoutNodeAsync(server);
        await DeployAsync(
            server, "user.sent.message", "async function handleEvent() { await new Promise(done => setTimeout(done, 3000)); }");
        await PostAsync(server, "/v1/channels/1/messages", """{"type":"TEXT","body":"one","user":{"id":2}}""");
        await Wait.UntilAsync(async () => await CountAsync("function_invocations where status = 0") > 0, "the function to run");

        foreach (var child in ChildrenOf(server.Id))
        {
            child.Kill(entireProcessTree: true);
        }

        await Wait.UntilAsync(
            async () => await CountAsync("function_invocations where status = 1") == 1 && await CountAsync("function_deliveries") == 0,
            "the event to be delivered nevertheless",
            TimeSpan.FromMinutes(1));
        Assert.That(await CountAsync("function_invocations where status = 2"), Is.EqualTo(1));
        Assert.That(await CountAsync("function_invocations where status = 0"), Is.Zero);
    }

    /// <param name="setting">Set to a folder without Node.js.</param>
    [TestCase("Functions__Node")]
    [TestCase("PATH")]
    public async Task Without_Node_functions_fail_with_the_reason_and_everything_else_works(string setting)
    {
        using var server = await StartAsync(
            (setting, Path.Combine(Folder, "no-node")),
            ("Functions__CacheFolder", Folder),
            ("Functions__Registry", "http://127.0.0.1:9/"));
        var function = await DeployAsync(server, "user.attempted.send_message", "function handleEvent() { throw new Error('no'); }");
        await DeployAsync(server, "user.attempted.start_session", "function handleEvent() {}");

        var test = await PostAsync(server, $"/v1/functions/{function}/test", "{}");
        var sent = await PostAsync(server, "/v1/channels/1/messages", """{"type":"TEXT","body":"hello","user":{"id":2}}""");
        using var session = await server.Client.PostAsJsonAsync(
            new Uri("/v1/user-sessions", UriKind.Relative), new { user = new { username = "bob" } });

        Assert.That((string)test["error"]!["kind"]!, Is.EqualTo("UNAVAILABLE"));
        Assert.That((string)test["error"]!["message"]!, Is.Not.Empty);
        Assert.That((string)sent["body"]!, Is.EqualTo("hello"), "messages fail open");
        Assert.That((int)session.StatusCode, Is.EqualTo(503), "sessions fail closed");
        await server.Client.GetFromJsonAsync<JsonObject>(new Uri("/v1/users", UriKind.Relative));
    }

    private static IEnumerable<Process> ChildrenOf(int parent) => Process.GetProcesses().Where(process =>
    {
        try
        {
            // After the name in parentheses: state, then the parent.
            var status = File.ReadAllText($"/proc/{process.Id}/stat");
            return status[(status.LastIndexOf(')') + 2)..].Split(' ')[1] == parent.ToString(CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return false;
        }
    });

    private static async Task SkipWithoutNodeAsync(ServerProcess server)
    {
        var function = await DeployAsync(server, "user.read.message", "function handleEvent() {}");
        var test = await PostAsync(server, $"/v1/functions/{function}/test", "{}");
        if ((string?)test["error"]?["kind"] == "UNAVAILABLE")
        {
            Skip.IfDownloadFailed((string)test["error"]!["message"]!);
        }
    }

    private static async Task<long> DeployAsync(ServerProcess server, string type, string script)
    {
        var created =
            await PostAsync(server, "/v1/runtimes/nodejs/functions", new JsonObject { ["type"] = type, ["name"] = "f" }.ToJsonString());
        await PostAsync(server, $"/v1/functions/{created["id"]}/versions", new JsonObject { ["handlerScript"] = script }.ToJsonString());
        return (long)created["id"]!;
    }

    private static async Task<JsonNode> PostAsync(ServerProcess server, string path, string json)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var response = await server.Client.PostAsync(new Uri(path, UriKind.Relative), content);
        var body = await response.Content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode, $"{path}: {body}");
        return JsonNode.Parse(body)!;
    }

    private async Task<ServerProcess> StartAsync(params (string Name, string Value)[] settings)
    {
        var server = ServerProcess.Start(
            Folder,
            [
                ("ConnectionStrings__ChatPlatform", Database.ConnectionString), ("Functions__Limit", "00:00:05"),
                ("Functions__Wait", "00:00:05"), .. settings,
            ]);
        await server.UntilReadyAsync();
        await server.AuthenticateAsync(SeededCommunity.Riverside.ClientId, SeededCommunity.Riverside.ClientSecret);
        return server;
    }

    private async Task<long> CountAsync(string what)
    {
        await using var command = Database.DataSource.CreateCommand($"select count(*) from {what}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
