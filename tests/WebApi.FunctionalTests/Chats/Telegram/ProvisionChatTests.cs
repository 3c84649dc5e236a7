using System.Net;
using System.Net.Http.Json;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats.Telegram;

public sealed class ProvisionChatTests : TelegramTest
{
    [Test]
    public async Task Chat_connects_to_a_group()
    {
        var chatId = await RegisterAsync(
            new { title = "Tuesday", description = "About it", service = "telegram", externalId = "-1001234567890" });
        await Wait.UntilAsync(async () => (bool)(await DetailAsync(chatId))["isActive"]!, "the chat is active");

        Assert.That(Telegram.Calls, Is.EqualTo(new[]
        {
            """getChat {"chat_id":-1001234567890}""",
            """setChatTitle {"chat_id":-1001234567890,"title":"Tuesday"}""",
            """setChatDescription {"chat_id":-1001234567890,"description":"About it"}""",
            """createChatInviteLink {"chat_id":-1001234567890}""",
        }));
        var invitation = await GetAsync($"{Chats}/{chatId}/invitation");
        Assert.That(((string?)invitation["service"], (string?)invitation["invitation"]), Is.EqualTo(("telegram", "https://t.me/+link1")));
    }

    [TestCase(null)]
    [TestCase("1234")]
    [TestCase("the group")]
    [TestCase("-00123")]
    [TestCase("-123 ")]
    public async Task External_id_of_a_group_is_required(string? externalId)
    {
        using var response = await Api.PostAsJsonAsync(Chats, new { title = "Tuesday", service = "telegram", externalId });

        var problem = await ProblemAsync(response, HttpStatusCode.BadRequest, "telegram.external_id_missing");
        Assert.That((string?)problem["errors"]!["externalId"]![0], Does.Contain("a bot cannot open a group itself"));
    }

    [Test]
    public async Task Service_is_unknown_to_an_application_without_a_bot()
    {
        using var response = await ClientFor(Hillside).PostAsJsonAsync(
            Chats, new { title = "Tuesday", service = "telegram", externalId = "-1001234567890" });

        var problem = await ProblemAsync(response, HttpStatusCode.BadRequest, "chat.unknown_service");
        Assert.That((string?)problem["errors"]!["service"]![0], Does.Not.Contain("telegram,").And.EndsWith("Configured: internal."));
    }

    [Test]
    public async Task Group_belongs_to_one_open_chat()
    {
        var chatId = await TelegramChatAsync();
        var body = new { title = "Again", service = "telegram", externalId = $"{FakeTelegram.Group}" };
        using var taken = await Api.PostAsJsonAsync(Chats, body);
        using var closing = await Api.PatchAsJsonAsync($"{Chats}/{chatId}", new { isActive = false });
        using var free = await Api.PostAsJsonAsync(Chats, body);

        await ProblemAsync(taken, HttpStatusCode.Conflict, "chat.external_id_taken");
        Assert.That(free.StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
    }

    [Test]
    public async Task Refusal_is_shown_and_retried()
    {
        Telegram.Refuse("getChat", 400, "Bad Request: chat not found");
        var chatId = await RegisterAsync(new { title = "Tuesday", service = "telegram", externalId = $"{FakeTelegram.Group}" });

        await UntilLastErrorAsync(chatId, "Telegram: Bad Request: chat not found");
        await Wait.UntilAsync(async () => await ScalarAsync("select state from jobs") is 0, "the job waits");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await Wait.UntilAsync(async () => (bool)(await DetailAsync(chatId))["isActive"]!, "the chat is active");

        Assert.That((await DetailAsync(chatId)).ContainsKey("lastError"), Is.False);
    }

    [TestCase("channel")]
    [TestCase("private")]
    public async Task Chat_that_is_no_group_is_refused(string type)
    {
        Telegram.Respond("getChat", new { id = FakeTelegram.Group, type, title = "Tuesday" });
        var chatId = await RegisterAsync(new { title = "Tuesday", service = "telegram", externalId = $"{FakeTelegram.Group}" });

        await UntilLastErrorAsync(chatId, $"no group but of the type '{type}'");

        Assert.That((bool)(await DetailAsync(chatId))["isActive"]!, Is.False);
        Assert.That(Telegram.CallsOf("createChatInviteLink"), Is.Empty);
    }

    [Test]
    public async Task Flood_wait_is_respected()
    {
        Telegram.Refuse("createChatInviteLink", 429, "Too Many Requests: retry after 30", new { retry_after = 30 });
        var chatId = await RegisterAsync(new { title = "Tuesday", service = "telegram", externalId = $"{FakeTelegram.Group}" });

        await UntilLastErrorAsync(chatId, "Too Many Requests");
        await Wait.UntilAsync(async () => await ScalarAsync("select state from jobs") is 0, "the job waits");

        Assert.That(await ScalarAsync("select not_before from jobs"), Is.EqualTo(Clock.Now + TimeSpan.FromSeconds(30)));
    }

    [Test]
    public async Task Token_is_neither_shown_nor_stored()
    {
        Telegram.Gateway("getChat", 502);
        Telegram.Gateway("getChat", 502);
        Telegram.Gateway("getChat", 502);
        var chatId = await RegisterAsync(new { title = "Tuesday", service = "telegram", externalId = $"{FakeTelegram.Group}" });

        await UntilLastErrorAsync(chatId, "Something before Telegram answered 502.");

        Assert.That(Telegram.CallsOf("getChat").Count(), Is.EqualTo(3), "tried two more times at once");
        Assert.That((await DetailAsync(chatId)).ToJsonString(), Does.Not.Contain("AAbbCC"));
        Assert.That(await ScalarAsync("select error from jobs"), Does.Not.Contain("AAbbCC"));
    }
}
