using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats.Telegram;

/// <summary>Participants who are removed here.</summary>
public sealed class RemovalTests : TelegramTest
{
    private const long Channel = -1005555555555;
    private const long Basic = -4123456789;

    private static readonly JsonObject Ana = Person(43, "Ana");

    [Test]
    public async Task Channel_that_writes_is_removed_as_a_chat()
    {
        var chatId = await TelegramChatAsync();
        await WriteAsAsync(Channel, "The channel");
        Telegram.Reset();

        await RemoveFirstAsync(chatId);

        Assert.That(Telegram.Calls, Is.EqualTo(new[]
        {
            $$"""banChatSenderChat {"chat_id":-1001234567890,"sender_chat_id":{{Channel}}}""",
            $$"""unbanChatSenderChat {"chat_id":-1001234567890,"sender_chat_id":{{Channel}}}""",
        }));
        Assert.That(
            await ScalarAsync($"select concat(display_name, ' ', type) from users where name = 'telegram:{Channel}'"),
            Is.EqualTo("The channel 1"), "not a person");
    }

    [Test]
    public async Task Anonymous_administrator_cannot_be_removed()
    {
        var chatId = await TelegramChatAsync();
        await WriteAsAsync(FakeTelegram.Group, "The group");
        Telegram.Reset();

        await RemoveFirstAsync(chatId);

        Assert.That(Telegram.Calls, Is.Empty);
        await UntilLastErrorAsync(chatId, "does not say which administrator");
    }

    [Test]
    public async Task Removal_from_a_basic_group_needs_no_lifting_of_a_ban()
    {
        var chatId = await RegisterAsync(new { title = "Tuesday", service = "telegram", externalId = $"{Basic}" });
        await UntilActiveAsync(chatId);
        await PostUpdateAsync(Message(10, Now, Ana, ("text", "Hola"), ("chat", new JsonObject { ["id"] = Basic, ["type"] = "group" })));
        Telegram.Refuse("unbanChatMember", 400, "Bad Request: method is available for supergroup and channel chats only");

        await RemoveFirstAsync(chatId);

        Assert.That(Telegram.CallsOf("banChatMember").Count(), Is.EqualTo(1));
        Assert.That((await DetailAsync(chatId)).ContainsKey("lastError"), Is.False);
    }

    private Task WriteAsAsync(long id, string title) => PostUpdateAsync(Message(
        10, Now, Person(1087968824, "Group", "GroupAnonymousBot", isBot: true),
        ("text", "Hola"), ("sender_chat", new JsonObject { ["id"] = id, ["type"] = "channel", ["title"] = title })));

    private async Task RemoveFirstAsync(Guid chatId)
    {
        var participantId = (string)(await DetailAsync(chatId))["participants"]![0]!["id"]!;
        using var removed = await Api.DeleteAsync($"{Chats}/{chatId}/participants/{participantId}");
        Assert.That(removed.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await removed.Content.ReadAsStringAsync());
        await UntilOutboxIsEmptyAsync();
    }
}
