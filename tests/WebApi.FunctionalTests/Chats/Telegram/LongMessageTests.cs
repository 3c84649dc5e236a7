using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Chats.Telegram;

/// <summary>Edits of messages that Telegram holds in parts of at most 4,096 characters.</summary>
public sealed class LongMessageTests : TelegramTest
{
    private static readonly string FullPart = new('b', 4_096);

    [Test]
    public async Task Shorter_text_removes_parts()
    {
        var chatId = await TelegramChatAsync();
        var messageId = await SendMessageAsync(chatId, new string('a', 9_000));
        await UntilOutboxIsEmptyAsync();
        Telegram.Reset();

        await EditMessageAsync(messageId, "Nine char");
        await UntilOutboxIsEmptyAsync();

        Assert.That(Telegram.Calls, Is.EqualTo(new[]
        {
            """editMessageText {"chat_id":-1001234567890,"message_id":101,"text":"Nine char"}""",
            """deleteMessages {"chat_id":-1001234567890,"message_ids":[102,103]}""",
        }));
    }

    [Test]
    public async Task Longer_text_adds_parts_that_later_edits_change()
    {
        var chatId = await TelegramChatAsync();
        var messageId = await SendMessageAsync(chatId, "Short");
        await UntilOutboxIsEmptyAsync();

        await EditMessageAsync(messageId, FullPart + "rest");
        await UntilOutboxIsEmptyAsync();
        await EditMessageAsync(messageId, FullPart + "other");
        await UntilOutboxIsEmptyAsync();

        Assert.That(Telegram.Calls.Where(call => call.Contains("Message", StringComparison.Ordinal)), Is.EqualTo(new[]
        {
            """sendMessage {"chat_id":-1001234567890,"text":"Short"}""",
            $$"""editMessageText {"chat_id":-1001234567890,"message_id":101,"text":"{{FullPart}}"}""",
            """sendMessage {"chat_id":-1001234567890,"text":"rest"}""",
            $$"""editMessageText {"chat_id":-1001234567890,"message_id":101,"text":"{{FullPart}}"}""",
            """editMessageText {"chat_id":-1001234567890,"message_id":102,"text":"other"}""",
        }));
    }

    [Test]
    public async Task Added_part_with_an_unknown_outcome_is_not_resent()
    {
        var chatId = await TelegramChatAsync();
        var messageId = await SendMessageAsync(chatId, "Short");
        await UntilOutboxIsEmptyAsync();
        Telegram.Reset();
        Telegram.DropResponse("sendMessage");

        await EditMessageAsync(messageId, FullPart + "rest");
        await UntilOutboxIsEmptyAsync();

        Assert.That(Telegram.CallsOf("sendMessage").Count(), Is.EqualTo(1));
        await UntilLastErrorAsync(chatId, $"Message {messageId} may or may not have arrived");
    }

    [Test]
    public async Task Edit_of_a_message_that_was_refused_sends_no_parts()
    {
        var chatId = await TelegramChatAsync();
        Telegram.Refuse("sendMessage", 400, "Bad Request: message text is empty");
        var messageId = await SendMessageAsync(chatId, "Short");
        await UntilOutboxIsEmptyAsync();
        Telegram.Reset();

        await EditMessageAsync(messageId, FullPart + "rest");
        await UntilOutboxIsEmptyAsync();

        Assert.That(Telegram.Calls, Is.Empty);
        await UntilLastErrorAsync(chatId, "The service never received the message.");
    }
}
