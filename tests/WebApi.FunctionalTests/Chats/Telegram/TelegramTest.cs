using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats.Telegram;

/// <summary>A server with its workers and a fake Telegram. The server's clock stands still unless a test moves it.</summary>
public abstract class TelegramTest : ChatTest
{
    protected const string Secret = "a-webhook-secret";

    private const string Webhook = $"/webhooks/telegram/{Secret}";

    private long _updateId;

    private readonly Lazy<FakeTelegram> _telegram = new(FakeTelegram.Start);

    private protected FakeTelegram Telegram => _telegram.Value;

    protected override bool Workers => true;

    protected override void Configure(ServerFactory server)
    {
        server.Settings["Telegram:BaseUrl"] = Telegram.BaseUrl;
        server.Settings["Telegram:Timeout"] = "00:00:01";
        server.Settings[$"Telegram:Bots:{Riverside.ClientId}:Token"] = FakeTelegram.Token;
        server.Settings[$"Telegram:Bots:{Riverside.ClientId}:WebhookSecret"] = Secret;
    }

    [SetUp]
    public void ResetTelegram() => Telegram.Reset();

    [OneTimeTearDown]
    public async Task StopTelegram() => await Telegram.DisposeAsync();

    /// <summary>Creates a chat that is connected to the group.</summary>
    protected async Task<Guid> TelegramChatAsync(string title = "Tuesday")
    {
        var chatId = await RegisterAsync(new { title, service = "telegram", externalId = $"{FakeTelegram.Group}" });
        await UntilActiveAsync(chatId);
        return chatId;
    }

    protected Task UntilActiveAsync(Guid chatId) =>
        Wait.UntilAsync(async () => (bool)(await DetailAsync(chatId))["isActive"]!, "the chat is active");

    protected async Task<long> SendMessageAsync(Guid chatId, string text, bool pin = false, object? writtenBy = null)
    {
        using var response = await Api.PostAsJsonAsync($"{Chats}/{chatId}/messages", new { text, pinMessage = pin, writtenBy });
        return long.Parse((string)(await BodyAsync(response, HttpStatusCode.Created))["id"]!, CultureInfo.InvariantCulture);
    }

    protected async Task EditMessageAsync(long messageId, string text)
    {
        await using var db = Database.ContextFor(Riverside.Id);
        (await db.Messages.FindAsync(Riverside.Id, messageId))!.Edit(text, Clock.Now.AddMinutes(1));
        await db.SaveChangesAsync();
    }

    protected Task UntilCalledAsync(string method, int times = 1) => Wait.UntilAsync(
        () => Task.FromResult(Telegram.CallsOf(method).Count() >= times), $"{times} times {method}");

    /// <summary>Waits until every entry has a result, success or failure.</summary>
    protected Task UntilOutboxIsEmptyAsync() => Wait.UntilAsync(
        async () => await ScalarAsync(
            """
            select not exists (select from chat_outbox where state in (0, 1))
              and exists (select from follower_positions where name = 'chats')
              and not exists (select from events e, follower_positions p where p.name = 'chats' and (e.xid, e.id) > (p.xid, p.event_id))
            """) is true,
        "the outbox is empty");

    protected Task UntilLastErrorAsync(Guid chatId, string error) => Wait.UntilAsync(
        async () => ((string?)(await DetailAsync(chatId))["lastError"])?.Contains(error, StringComparison.Ordinal) == true,
        $"the chat's last error is '{error}'");

    /// <summary>Sends an update to the webhook, as Telegram does.</summary>
    protected async Task PostUpdateAsync(
        object update, HttpStatusCode expected = HttpStatusCode.OK, string path = Webhook, string? header = Secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(update) };
        if (header is not null)
        {
            request.Headers.Add("X-Telegram-Bot-Api-Secret-Token", header);
        }

        using var client = Server.Anonymous();
        using var response = await client.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(expected), await response.Content.ReadAsStringAsync());
    }

    protected long NextUpdateId() => ++_updateId;

    protected static long Unix(DateTime at) => new DateTimeOffset(at).ToUnixTimeSeconds();

    protected static JsonObject Person(long id, string firstName, string? username = null, bool isBot = false) => new()
    {
        ["id"] = id,
        ["is_bot"] = isBot,
        ["first_name"] = firstName,
        ["username"] = username,
    };

    protected JsonObject Message(long messageId, DateTime at, JsonObject from, params (string Key, JsonNode? Value)[] content) =>
        Update("message", MessageObject(messageId, at, from, content));

    protected JsonObject Edit(long messageId, DateTime sentAt, DateTime at, JsonObject from, string text) =>
        Update("edited_message", MessageObject(messageId, sentAt, from, [("edit_date", Unix(at)), ("text", text)]));

    protected JsonObject Member(string kind, DateTime at, JsonObject from, JsonObject user, string before, string after) => Update(
        kind,
        new()
        {
            ["chat"] = Group(),
            ["from"] = from.DeepClone(),
            ["date"] = Unix(at),
            ["old_chat_member"] = new JsonObject { ["status"] = before, ["user"] = user.DeepClone() },
            ["new_chat_member"] = new JsonObject { ["status"] = after, ["user"] = user.DeepClone() },
        });

    private JsonObject Update(string kind, JsonObject content) => new() { ["update_id"] = NextUpdateId(), [kind] = content };

    private static JsonObject MessageObject(long messageId, DateTime at, JsonObject from, (string Key, JsonNode? Value)[] content)
    {
        var message = new JsonObject
        {
            ["message_id"] = messageId,
            ["from"] = from.DeepClone(),
            ["chat"] = Group(),
            ["date"] = Unix(at),
        };
        foreach (var (key, value) in content)
        {
            message[key] = value;
        }

        return message;
    }

    private static JsonObject Group() => new() { ["id"] = FakeTelegram.Group, ["type"] = "supergroup", ["title"] = "The group" };
}
