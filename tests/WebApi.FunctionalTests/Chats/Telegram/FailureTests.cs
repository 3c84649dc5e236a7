using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Chats.Telegram;

/// <summary>Failed calls to Telegram.</summary>
public sealed class FailureTests : TelegramTest
{
    private const string Hello = """sendMessage {"chat_id":-1001234567890,"text":"Hello"}""";
    private const string Later = """sendMessage {"chat_id":-1001234567890,"text":"Later"}""";

    [Test]
    public async Task Flood_wait_is_respected_and_the_order_kept()
    {
        var chatId = await TelegramChatAsync();
        Telegram.Reset();
        Telegram.Refuse("sendMessage", 429, "Too Many Requests: retry after 35", new { retry_after = 35 });

        await SendMessageAsync(chatId, "Hello");
        await SendMessageAsync(chatId, "Later");
        await UntilLastErrorAsync(chatId, "Telegram: Too Many Requests: retry after 35");
        Clock.Advance(TimeSpan.FromSeconds(34));
        Assert.That(await ScalarAsync("select not_before from chat_outbox where attempts = 1"), Is.EqualTo(Clock.Now.AddSeconds(1)));
        Assert.That(Telegram.Calls, Is.EqualTo(new[] { Hello }), "not sent before the wait is over, and no later message before it");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await UntilOutboxIsEmptyAsync();

        Assert.That(Telegram.Calls, Is.EqualTo(new[] { Hello, Hello, Later }));
        Assert.That((await DetailAsync(chatId)).ContainsKey("lastError"), Is.False, "the later success clears the error");
    }

    [Test]
    public async Task Refused_call_is_shown_and_does_not_block_the_next()
    {
        var chatId = await TelegramChatAsync();
        Telegram.Reset();
        Telegram.Refuse("sendMessage", 400, "Bad Request: message text is empty");

        var messageId = await SendMessageAsync(chatId, "Hello", pin: true);
        await UntilOutboxIsEmptyAsync();

        Assert.That(Telegram.Calls, Is.EqualTo(new[] { Hello }), "a message that Telegram refused is not pinned");
        Assert.That(
            await ScalarAsync($"select error from chat_outbox where message_id = {messageId} and operation ->> '$type' = 'send_message'"),
            Is.EqualTo("Telegram: Bad Request: message text is empty"));
        await UntilLastErrorAsync(chatId, "The service never received the message.");
    }

    [Test]
    public async Task Bot_without_rights_is_retried()
    {
        var chatId = await TelegramChatAsync();
        Telegram.Reset();
        Telegram.Refuse("sendMessage", 403, "Forbidden: bot is not a member of the supergroup chat");
        Telegram.Refuse("sendMessage", 403, "Forbidden: bot is not a member of the supergroup chat");

        await SendMessageAsync(chatId, "Hello");
        await UntilLastErrorAsync(chatId, "Forbidden: bot is not a member");
        Clock.Advance(TimeSpan.FromSeconds(1));
        await UntilCalledAsync("sendMessage", 2);
        await UntilWaitingAsync(TimeSpan.FromSeconds(2));
        Clock.Advance(TimeSpan.FromSeconds(2));
        await UntilOutboxIsEmptyAsync();

        Assert.That(Telegram.Calls, Is.EqualTo(new[] { Hello, Hello, Hello }));
    }

    [TestCase("Bad Request: not enough rights to send text messages to the chat")]
    [TestCase("Bad Request: have no rights to send a message")]
    [TestCase("Bad Request: need administrator rights in the channel chat")]
    [TestCase("Bad Request: CHAT_WRITE_FORBIDDEN")]
    [TestCase("Bad Request: chat not found")]
    [TestCase("Bad Request: TOPIC_CLOSED")]
    public async Task Missing_rights_that_come_as_a_400_are_retried(string description)
    {
        var chatId = await TelegramChatAsync();
        Telegram.Reset();
        Telegram.Refuse("sendMessage", 400, description);

        await SendMessageAsync(chatId, "Hello");
        await UntilLastErrorAsync(chatId, description);
        await UntilWaitingAsync(TimeSpan.FromSeconds(1));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await UntilOutboxIsEmptyAsync();

        Assert.That(Telegram.Calls, Is.EqualTo(new[] { Hello, Hello }));
        Assert.That((await DetailAsync(chatId)).ContainsKey("lastError"), Is.False);
    }

    [Test]
    public async Task Call_that_was_given_up_stays_visible()
    {
        var chatId = await TelegramChatAsync();
        Telegram.Refuse("sendMessage", 400, "Bad Request: message text is empty");
        await SendMessageAsync(chatId, "Hello");
        await UntilOutboxIsEmptyAsync();

        Telegram.Refuse("sendMessage", 429, "Too Many Requests: retry after 35", new { retry_after = 35 });
        await SendMessageAsync(chatId, "Later");
        await UntilLastErrorAsync(chatId, "Too Many Requests");
        Clock.Advance(TimeSpan.FromSeconds(35));
        await UntilOutboxIsEmptyAsync();

        Assert.That((string?)(await DetailAsync(chatId))["lastError"], Is.EqualTo("Telegram: Bad Request: message text is empty"));
    }

    [Test]
    public async Task Link_that_has_expired_counts_as_revoked()
    {
        var chatId = await TelegramChatAsync();
        Telegram.Refuse("revokeChatInviteLink", 400, "Bad Request: INVITE_HASH_EXPIRED");

        using var revoked = await Api.DeleteAsync($"{Chats}/{chatId}/invitation");
        await UntilCalledAsync("revokeChatInviteLink");
        await UntilOutboxIsEmptyAsync();

        Assert.That((await DetailAsync(chatId)).ContainsKey("lastError"), Is.False);
    }

    [TestCase(429, "Something before Telegram answered 429.")]
    [TestCase(413, "Something before Telegram answered 413.")]
    public async Task Refusal_of_a_gateway_leaves_no_doubt(int status, string error)
    {
        var chatId = await TelegramChatAsync();
        Telegram.Reset();
        Telegram.Gateway("sendMessage", status);

        await SendMessageAsync(chatId, "Hello");
        await UntilLastErrorAsync(chatId, error);
        await UntilWaitingAsync(TimeSpan.FromSeconds(1));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await UntilOutboxIsEmptyAsync();

        Assert.That(Telegram.Calls, Is.EqualTo(new[] { Hello, Hello }));
    }

    [Test]
    public async Task Flood_wait_in_an_unknown_format_is_retried()
    {
        var chatId = await TelegramChatAsync();
        Telegram.Reset();
        Telegram.Refuse("sendMessage", 429, "Too Many Requests: retry after 3", new { retry_after = "soon" });

        await SendMessageAsync(chatId, "Hello");
        await UntilLastErrorAsync(chatId, "429");
        await UntilWaitingAsync(TimeSpan.FromSeconds(1));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await UntilOutboxIsEmptyAsync();

        Assert.That(Telegram.Calls, Is.EqualTo(new[] { Hello, Hello }));
    }

    [Test]
    public async Task Server_error_is_retried()
    {
        var chatId = await TelegramChatAsync();
        Telegram.Reset();
        Telegram.Refuse("sendMessage", 500, "Internal Server Error");

        await SendMessageAsync(chatId, "Hello");
        await UntilWaitingAsync(TimeSpan.FromSeconds(1));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await UntilOutboxIsEmptyAsync();

        Assert.That(Telegram.Calls, Is.EqualTo(new[] { Hello, Hello }), "a 500 says that the call had no effect");
    }

    [TestCase("dropped")]
    [TestCase("late")]
    [TestCase("gateway")]
    public async Task Message_with_an_unknown_outcome_is_not_resent(string how)
    {
        var chatId = await TelegramChatAsync();
        Telegram.Reset();
        using var over = new CancellationTokenSource();
        Break("sendMessage", how, over.Token);

        var messageId = await SendMessageAsync(chatId, "Hello");
        await UntilLastErrorAsync(chatId, $"Message {messageId} may or may not have arrived and was not sent again");
        await SendMessageAsync(chatId, "Later");
        await UntilOutboxIsEmptyAsync();
        await over.CancelAsync();

        Assert.That(Telegram.Calls, Is.EqualTo(new[] { Hello, Later }));
        Assert.That(await ScalarAsync("select state from chat_outbox order by id limit 1"), Is.EqualTo(4), "kept for an operator");
    }

    [Test]
    public async Task Sent_message_is_not_in_doubt_when_the_result_contains_unknown_kinds()
    {
        var chatId = await TelegramChatAsync();
        Telegram.Respond(
            "sendMessage", new { message_id = 7, date = -1, reply_to_message = new { forward_origin = new { type = "unknown" } } });

        await SendMessageAsync(chatId, "Hello");
        await UntilOutboxIsEmptyAsync();

        Assert.That(await ScalarAsync("select external_id from chat_message_links"), Is.EqualTo("7"));
        Assert.That((await DetailAsync(chatId)).ContainsKey("lastError"), Is.False);
    }

    [TestCase("dropped")]
    [TestCase("late")]
    [TestCase("gateway")]
    public async Task Idempotent_call_with_an_unknown_outcome_is_repeated(string how)
    {
        var chatId = await TelegramChatAsync();
        Telegram.Reset();
        using var over = new CancellationTokenSource();
        Break("setChatDescription", how, over.Token);

        using var patched = await Api.PatchAsync(
            $"{Chats}/{chatId}", new StringContent("""{"description":"More"}""", System.Text.Encoding.UTF8, "application/json"));
        await UntilOutboxIsEmptyAsync();
        await over.CancelAsync();

        const string call = """setChatDescription {"chat_id":-1001234567890,"description":"More"}""";
        Assert.That(Telegram.Calls, Is.EqualTo(new[] { call, call }));
        Assert.That((await DetailAsync(chatId)).ContainsKey("lastError"), Is.False);
    }

    [Test]
    public async Task Unchanged_value_counts_as_done()
    {
        var chatId = await TelegramChatAsync();
        Telegram.Refuse("setChatDescription", 400, "Bad Request: chat description is not modified");

        using var patched = await Api.PatchAsync(
            $"{Chats}/{chatId}", new StringContent("""{"description":"More"}""", System.Text.Encoding.UTF8, "application/json"));
        await UntilOutboxIsEmptyAsync();

        Assert.That(await ScalarAsync("select array_agg(state) from chat_outbox"), Is.EqualTo(new[] { 2 }));
        Assert.That((await DetailAsync(chatId)).ContainsKey("lastError"), Is.False);
    }

    [Test]
    public async Task Moved_group_is_called_by_its_new_id()
    {
        var chatId = await TelegramChatAsync();
        Telegram.Reset();
        Telegram.Refuse(
            "sendMessage", 400, "Bad Request: group chat was upgraded to a supergroup chat", new { migrate_to_chat_id = -1009999999999 });

        await SendMessageAsync(chatId, "Hello");
        await UntilOutboxIsEmptyAsync();

        Assert.That(Telegram.Calls, Is.EqualTo(new[] { Hello, """sendMessage {"chat_id":-1009999999999,"text":"Hello"}""" }));
    }

    private void Break(string method, string how, CancellationToken over)
    {
        switch (how)
        {
            case "dropped":
                Telegram.DropResponse(method);
                break;
            case "late":
                Telegram.Hold(method, over);
                break;
            default:
                Telegram.Gateway(method, 502);
                break;
        }
    }

    private Task UntilWaitingAsync(TimeSpan wait) => ChatPlatform.Testing.Wait.UntilAsync(
        async () => await ScalarAsync("select not_before from chat_outbox where state = 0") is DateTime at && at == Clock.Now + wait,
        $"the entry waits for {wait}");
}
