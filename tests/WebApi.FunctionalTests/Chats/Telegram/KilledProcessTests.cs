using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using ChatPlatform.WebApi.FunctionalTests.Start;
using Npgsql;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats.Telegram;

/// <summary>
/// Kills a server process at each step between a change and the record of its call to Telegram. The next start sends the change once,
/// or shows an unknown outcome where the Bot API offers no way to find out.
/// </summary>
[Platform(Exclude = "Win")]
internal sealed class KilledProcessTests
{
    private const string Chats = "/api/v1/private/chats";
    private const string Secret = "a-webhook-secret";
    private const string Hello = """sendMessage {"chat_id":-1001234567890,"text":"Hello"}""";
    private const string Later = """sendMessage {"chat_id":-1001234567890,"text":"Later"}""";
    private const string More = """setChatDescription {"chat_id":-1001234567890,"description":"More"}""";

    /// <summary>While held, no server queues calls.</summary>
    private const string HoldQueueing = "select pg_advisory_xact_lock(x'43484154'::bigint)";

    /// <summary>While held, no result of a call is stored.</summary>
    private const string HoldRecording = "select 1 from chats for no key update";

    private TestDatabase _database = null!;
    private FakeTelegram _telegram = null!;
    private string _folder = null!;

    [SetUp]
    public async Task StartTelegram()
    {
        _folder = ScratchFolder.New("chatplatform-killed-");
        _database = await TestDatabase.CloneAsync();
        _telegram = FakeTelegram.Start();
    }

    [TearDown]
    public async Task StopTelegram()
    {
        await _telegram.DisposeAsync();
        await _database.DisposeAsync();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Test]
    public async Task Kill_between_commit_and_call_loses_and_repeats_nothing()
    {
        using var first = await StartAsync();
        var chatId = await ChatAsync(first);
        await using (await HoldAsync(HoldQueueing))
        {
            await SendMessageAsync(first, chatId, "Hello");
            await KillAsync(first);
        }

        Assert.That(Sent, Is.Empty);
        using var second = await StartAsync();
        await SendMessageAsync(second, chatId, "Later");
        await UntilOutboxIsEmptyAsync();

        Assert.That(Sent, Is.EqualTo(new[] { Hello, Later }));
        Assert.That(await LastErrorAsync(second, chatId), Is.Null);
    }

    [TestCase(false)]
    [TestCase(true, Description = "Telegram has responded, and the response is not stored")]
    public async Task Kill_during_a_message_leaves_it_in_doubt(bool answered)
    {
        using var first = await StartAsync();
        var chatId = await ChatAsync(first);
        await KillOverAsync(first, answered, "sendMessage", () => SendMessageAsync(first, chatId, "Hello"));

        using var second = await StartAsync();
        await Wait.UntilAsync(async () => await LastErrorAsync(second, chatId) is not null, "the unknown outcome is shown");
        Assert.That(
            await LastErrorAsync(second, chatId),
            Does.EndWith("may or may not have arrived and was not sent again: The server stopped during the call."));
        await SendMessageAsync(second, chatId, "Later");
        await UntilOutboxIsEmptyAsync();

        Assert.That(Sent, Is.EqualTo(new[] { Hello, Later }));
        Assert.That(await ScalarAsync("select array_agg(state order by id) from chat_outbox"), Is.EqualTo(new[] { 4, 2 }));
    }

    [Test]
    public async Task Kill_during_a_message_resends_it_if_configured()
    {
        using var first = await StartAsync(("Telegram__ResendInDoubt", "true"));
        var chatId = await ChatAsync(first);
        await KillOverAsync(first, answered: true, "sendMessage", () => SendMessageAsync(first, chatId, "Hello"));

        using var second = await StartAsync(("Telegram__ResendInDoubt", "true"));
        await UntilOutboxIsEmptyAsync();

        Assert.That(Sent, Is.EqualTo(new[] { Hello, Hello }));
    }

    [Test]
    public async Task Kill_during_an_idempotent_call_repeats_it()
    {
        using var first = await StartAsync();
        var chatId = await ChatAsync(first);
        await KillOverAsync(first, answered: true, "setChatDescription", async () =>
        {
            using var response = await first.Client.PatchAsJsonAsync($"{Chats}/{chatId}", new { description = "More" });
            response.EnsureSuccessStatusCode();
        });

        using var second = await StartAsync();
        await UntilOutboxIsEmptyAsync();

        Assert.That(Sent, Is.EqualTo(new[] { More, More }));
        Assert.That(await LastErrorAsync(second, chatId), Is.Null);
    }

    private IEnumerable<string> Sent =>
        _telegram.Calls.Where(call => call.StartsWith("sendMessage", StringComparison.Ordinal) || call == More);

    private async Task<ServerProcess> StartAsync(params (string Name, string Value)[] settings)
    {
        var server = ServerProcess.Start(_folder,
        [
            ("ConnectionStrings__ChatPlatform", _database.ConnectionString),
            ("Telegram__BaseUrl", _telegram.BaseUrl),
            ($"Telegram__Bots__{Riverside.ClientId}__Token", FakeTelegram.Token),
            ($"Telegram__Bots__{Riverside.ClientId}__WebhookSecret", Secret),
            .. settings,
        ]);
        await server.UntilReadyAsync();
        await server.AuthenticateAsync(Riverside.ClientId, Riverside.ClientSecret);
        return server;
    }

    /// <summary>Kills the server during the call after a change: while Telegram has it, or before its response is stored.</summary>
    private async Task KillOverAsync(ServerProcess server, bool answered, string method, Func<Task> change)
    {
        using var over = new CancellationTokenSource();
        if (!answered)
        {
            _telegram.Hold(method, over.Token);
        }

        var queueing = await HoldAsync(HoldQueueing);
        await change();
        await using (await HoldAsync(HoldRecording))
        {
            await queueing.DisposeAsync();
            await Wait.UntilAsync(() => Task.FromResult(_telegram.CallsOf(method).Any()), "Telegram has the call");
            await Wait.UntilAsync(async () => !answered || await IsAnySessionBlockedAsync(), "its response is about to be stored");
            await KillAsync(server);
        }

        // Ends the lease, so that another server may take over.
        await ScalarAsync("update chat_outbox set lease_until = now() where state = 1");
    }

    private static async Task KillAsync(ServerProcess server)
    {
        server.KillAtOnce();
        var (_, output, errors) = await server.ExitAsync();
        Assert.That(output + errors, Does.Not.Contain(FakeTelegram.Token.Split(':')[1]).And.Not.Contain(Secret), "no secret in the log");
    }

    private static async Task<Guid> ChatAsync(ServerProcess server)
    {
        using var response = await server.Client.PostAsJsonAsync(
            Chats, new { title = "Tuesday", service = "telegram", externalId = $"{FakeTelegram.Group}" });
        var chatId = Guid.Parse((string)(await response.Content.ReadFromJsonAsync<JsonObject>())!["id"]!);
        await Wait.UntilAsync(async () => (bool)(await DetailAsync(server, chatId))["isActive"]!, "the chat is active");
        return chatId;
    }

    private static async Task SendMessageAsync(ServerProcess server, Guid chatId, string text)
    {
        using var response = await server.Client.PostAsJsonAsync($"{Chats}/{chatId}/messages", new { text });
        response.EnsureSuccessStatusCode();
    }

    private static async Task<JsonObject> DetailAsync(ServerProcess server, Guid chatId) =>
        (await server.Client.GetFromJsonAsync<JsonObject>($"{Chats}/{chatId}"))!;

    private static async Task<string?> LastErrorAsync(ServerProcess server, Guid chatId) =>
        (string?)(await DetailAsync(server, chatId))["lastError"];

    private Task UntilOutboxIsEmptyAsync() => Wait.UntilAsync(
        async () => await ScalarAsync(
            """
            select not exists (select from chat_outbox where state in (0, 1))
              and not exists (select from events e, follower_positions p where p.name = 'chats' and (e.xid, e.id) > (p.xid, p.event_id))
            """) is true,
        "the outbox is empty");

    private async Task<bool> IsAnySessionBlockedAsync() => await ScalarAsync(
        "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')") is true;

    /// <summary>Holds a lock in a separate transaction until disposed.</summary>
    private async Task<NpgsqlConnection> HoldAsync(string sql)
    {
        var connection = await _database.DataSource.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"begin; {sql}", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var command = _database.DataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
