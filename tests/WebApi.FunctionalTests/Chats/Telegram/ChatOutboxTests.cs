using System.Net;
using System.Net.Http.Json;
using ChatPlatform.Application.Channels;
using ChatPlatform.Application.Messages;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats.Telegram;

/// <summary>Changes made here are sent to Telegram.</summary>
public sealed class ChatOutboxTests : TelegramTest
{
    [Test]
    public async Task Changes_are_sent_in_order()
    {
        var chatId = await TelegramChatAsync();
        Telegram.Reset();

        await PatchAsync(chatId, new { title = "Wednesday", description = "In the middle" });
        await SendMessageAsync(chatId, "Hello", pin: true);
        await PatchAsync(chatId, new { description = "" });
        await PostAsync($"{Chats}/{chatId}/invitation", new { maxUses = 5, expiresAt = "2026-06-16T12:00:00Z" });
        await PatchAsync(chatId, new { isActive = false });
        await UntilOutboxIsEmptyAsync();

        Assert.That(Telegram.Calls, Is.EqualTo(new[]
        {
            """setChatTitle {"chat_id":-1001234567890,"title":"Wednesday"}""",
            """setChatDescription {"chat_id":-1001234567890,"description":"In the middle"}""",
            """sendMessage {"chat_id":-1001234567890,"text":"Hello"}""",
            """pinChatMessage {"chat_id":-1001234567890,"message_id":101}""",
            """setChatDescription {"chat_id":-1001234567890,"description":""}""",
            """revokeChatInviteLink {"chat_id":-1001234567890,"invite_link":"https://t.me/+link1"}""",
            """createChatInviteLink {"chat_id":-1001234567890,"expire_date":1781611200,"member_limit":5}""",
            """revokeChatInviteLink {"chat_id":-1001234567890,"invite_link":"https://t.me/+link1"}""",
        }), "a link created after the chat was closed is revoked");
    }

    [Test]
    public async Task Renewed_link_is_shown_once_telegram_has_created_it()
    {
        var chatId = await TelegramChatAsync();

        await PostAsync($"{Chats}/{chatId}/invitation", new { });
        using (var meanwhile = await Api.GetAsync($"{Chats}/{chatId}/invitation"))
        {
            Assert.That((int)meanwhile.StatusCode, Is.EqualTo(409).Or.EqualTo(200));
        }

        await UntilOutboxIsEmptyAsync();
        Assert.That(
            (string?)(await GetAsync($"{Chats}/{chatId}/invitation"))["invitation"], Is.EqualTo("https://t.me/+link2"));
    }

    [Test]
    public async Task Changes_of_the_channel_are_sent()
    {
        var chatId = await TelegramChatAsync();
        var channelId = await ChannelOfAsync(chatId);
        await PostUpdateAsync(Message(7, Now, Person(42, "Jorge", "JorgeOiz"), ("text", "Hola")));
        Telegram.Reset();

        await SendAsync(new AddMember(channelId, new(Alice.Id)));
        var message = await SendAsync(new SendMessage(MessageTarget.Channel(channelId), new(Alice.Id), "Good day"));
        var first = (long)(await ScalarAsync("select message_id from chat_message_links where external_id = '7'"))!;
        await SendAsync(new SendMessage(MessageTarget.Thread(first), new(Alice.Id), "To you, too"));
        await UntilOutboxIsEmptyAsync();
        await using (var db = Database.ContextFor(Riverside.Id))
        {
            (await db.Messages.FindAsync(Riverside.Id, message.Value.Id))!.Edit("Good evening", Now.AddMinutes(1));
            (await db.Channels.FindAsync(Riverside.Id, channelId))!.Rename("Thursday", Now.AddMinutes(1));
            await db.SaveChangesAsync();
        }

        await SendAsync(new RemoveMember(channelId, (long)(await ScalarAsync("select id from users where name = 'telegram:42'"))!));
        await SendAsync(new RemoveMember(channelId, Alice.Id));
        await UntilOutboxIsEmptyAsync();

        Assert.That(Telegram.Calls, Is.EquivalentTo(new[]
        {
            """sendMessage {"chat_id":-1001234567890,"text":"Alice Archer: Good day"}""",
            """sendMessage {"chat_id":-1001234567890,"text":"Alice Archer: To you, too","""
                + "\"reply_parameters\":{\"message_id\":7,\"allow_sending_without_reply\":true}}",
            """editMessageText {"chat_id":-1001234567890,"message_id":101,"text":"Alice Archer: Good evening"}""",
            """setChatTitle {"chat_id":-1001234567890,"title":"Thursday"}""",
            """banChatMember {"chat_id":-1001234567890,"user_id":42}""",
            """unbanChatMember {"chat_id":-1001234567890,"user_id":42,"only_if_banned":true}""",
        }));
        Assert.That(await PresentAsync(chatId), Is.Empty);
        Assert.That(
            await ScalarAsync("select array_agg(external_id order by external_id) from chat_message_links"),
            Is.EqualTo(new[] { "101", "102", "7" }), "an edit is the same message there");
    }

    [Test]
    public async Task Deletion_removes_all_parts_of_a_message()
    {
        var chatId = await TelegramChatAsync();
        await PostUpdateAsync(Message(7, Now, Person(42, "Jorge"), ("text", "Hola")));
        var received = (long)(await ScalarAsync("select message_id from chat_message_links where external_id = '7'"))!;
        var sent = await SendMessageAsync(chatId, new string('a', 5_000));
        await UntilOutboxIsEmptyAsync();
        Telegram.Reset();

        await SendAsync(new DeleteMessage(sent));
        await SendAsync(new DeleteMessage(received));
        await UntilOutboxIsEmptyAsync();

        Assert.That(Telegram.Calls, Is.EqualTo(new[]
        {
            """deleteMessages {"chat_id":-1001234567890,"message_ids":[101,102]}""",
            """deleteMessages {"chat_id":-1001234567890,"message_ids":[7]}""",
        }));
    }

    [Test]
    public async Task Message_deleted_before_or_during_sending_does_not_stay()
    {
        var chatId = await TelegramChatAsync();
        Telegram.Reset();
        using var over = new CancellationTokenSource();
        Telegram.Hold("sendMessage", over.Token);
        var arriving = await SendMessageAsync(chatId, "Arriving");
        await UntilCalledAsync("sendMessage");
        var waiting = await SendMessageAsync(chatId, "Waiting");

        await SendAsync(new DeleteMessage(waiting));
        await SendAsync(new DeleteMessage(arriving));
        await over.CancelAsync();
        await UntilOutboxIsEmptyAsync();
        await UntilCalledAsync("deleteMessages");

        Assert.That(Telegram.Calls, Is.EqualTo(new[]
        {
            """sendMessage {"chat_id":-1001234567890,"text":"Arriving"}""",
            """deleteMessages {"chat_id":-1001234567890,"message_ids":[101]}""",
        }));
    }

    [Test]
    public async Task Deletions_in_a_closed_chat_are_not_sent()
    {
        var chatId = await TelegramChatAsync();
        var message = await SendMessageAsync(chatId, "Hello");
        await UntilOutboxIsEmptyAsync();
        Telegram.Reset();

        using (await Api.PatchAsJsonAsync($"{Chats}/{chatId}", new { isActive = false }))
        {
            await SendAsync(new DeleteMessage(message));
        }

        await UntilOutboxIsEmptyAsync();
        Assert.That(Telegram.CallsOf("deleteMessages"), Is.Empty);
    }

    [Test]
    public async Task Long_text_is_split_and_a_long_title_truncated()
    {
        var chatId = await TelegramChatAsync();
        Telegram.Reset();

        await SendMessageAsync(chatId, new string('a', 4_095) + "😀" + new string('b', 100));
        await PatchAsync(chatId, new { title = new string('t', 200) });
        await UntilOutboxIsEmptyAsync();

        Assert.That(Telegram.Calls, Is.EqualTo(new[]
        {
            $$"""sendMessage {"chat_id":-1001234567890,"text":"{{new string('a', 4_095)}}"}""",
            $$"""sendMessage {"chat_id":-1001234567890,"text":"\uD83D\uDE00{{new string('b', 100)}}"}""",
            $$"""setChatTitle {"chat_id":-1001234567890,"title":"{{new string('t', 128)}}"}""",
        }));
        Assert.That(
            (await DetailAsync(chatId))["title"]!.AsArray().Select(title => ((string)title!["value"]!).Length), Is.EqualTo([7, 200]));
    }

    [Test]
    public async Task Adding_a_participant_is_refused()
    {
        var chatId = await TelegramChatAsync();

        using var response = await Api.PostAsJsonAsync($"{Chats}/{chatId}/participants", new { user = new { username = "bob" } });

        await ProblemAsync(response, HttpStatusCode.Conflict, "chat.service_admits_nobody");
    }

    [Test]
    public async Task Imported_history_is_not_sent()
    {
        var chatId = await TelegramChatAsync();
        Telegram.Reset();
        Clock.Now = Now.AddDays(-1);
        await SendAsync(new SendMessage(MessageTarget.Channel(await ChannelOfAsync(chatId)), null, "Long ago"));
        Clock.Now = Now;
        await SendMessageAsync(chatId, "Now");
        await UntilOutboxIsEmptyAsync();

        Assert.That(Telegram.Calls, Is.EqualTo(new[] { """sendMessage {"chat_id":-1001234567890,"text":"Now"}""" }));
    }

    [Test]
    public async Task Queue_and_doubt_show_in_health()
    {
        var chatId = await TelegramChatAsync();
        Telegram.Refuse("sendMessage", 429, "Too Many Requests: retry after 900", new { retry_after = 900 });
        await SendMessageAsync(chatId, "Hello");
        await UntilLastErrorAsync(chatId, "Too Many Requests");

        using var soon = await Anonymous().GetAsync("/health/ready");
        Clock.Advance(TimeSpan.FromMinutes(6));
        using var late = await Anonymous().GetAsync("/health/ready");

        Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.OK), "no reason to send requests elsewhere");
        Assert.That(
            (string?)(await BodyAsync(soon, HttpStatusCode.OK))["checks"]!["chat services"]!["status"], Is.EqualTo("healthy"));
        var check = (await BodyAsync(late, HttpStatusCode.OK))["checks"]!["chat services"]!;
        Assert.That((string?)check["status"], Is.EqualTo("degraded"));
        Assert.That((string?)check["description"], Is.EqualTo("telegram: 1 waiting, 0 in doubt"));
    }

    private async Task PatchAsync(Guid chatId, object body)
    {
        using var response = await Api.PatchAsJsonAsync($"{Chats}/{chatId}", body);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await response.Content.ReadAsStringAsync());
    }

    private async Task PostAsync(string path, object body)
    {
        using var response = await Api.PostAsJsonAsync(path, body);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await response.Content.ReadAsStringAsync());
    }
}
