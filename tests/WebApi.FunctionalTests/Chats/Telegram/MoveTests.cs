using System.Net;
using System.Text.Json.Nodes;
using ChatPlatform.Application.Messages;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats.Telegram;

/// <summary>A group becomes a supergroup: it has a new id, and its messages are numbered from 1 again.</summary>
public sealed class MoveTests : TelegramTest
{
    private const long Basic = -4123456789;
    private const long Supergroup = FakeTelegram.Group;

    private static readonly JsonObject Ana = Person(43, "Ana");

    [Test]
    public async Task Numbers_belong_to_the_group_that_gave_them()
    {
        var chatId = await ChatInAsync(Basic);
        await PostUpdateAsync(In(Basic, 5, Now, ("text", "Old five")));
        await PostUpdateAsync(In(Basic, 6, Now.AddSeconds(1), ("text", "Old six")));
        await MoveAsync();

        await PostUpdateAsync(In(Supergroup, 5, Now.AddSeconds(5), ("text", "New five")));
        await PostUpdateAsync(In(Supergroup, 6, Now.AddSeconds(6), ("text", "New six")));
        await PostUpdateAsync(In(
            Supergroup, 7, Now.AddSeconds(7), ("text", "Answer"), ("reply_to_message", new JsonObject { ["message_id"] = 6 })));
        await PostUpdateAsync(Edit(5, Now.AddSeconds(5), Now.AddSeconds(8), Ana, "New five, edited"));

        Assert.That(await TextsAsync(chatId), Is.EqualTo(["Old five", "Old six", "New five, edited", "New six", "Answer"]));
        Assert.That(
            await ScalarAsync("select p.body from messages m join messages p on p.id = m.parent_id where m.body = 'Answer'"),
            Is.EqualTo("New six"));
    }

    [Test]
    public async Task Message_of_the_former_group_is_out_of_reach()
    {
        var chatId = await ChatInAsync(Basic);
        var before = await SendMessageAsync(chatId, "Hello");
        await UntilOutboxIsEmptyAsync();
        await MoveAsync();
        Telegram.Reset();

        await EditMessageAsync(before, "Good evening");
        await UntilLastErrorAsync(chatId, "The message is out of reach");
        await SendAsync(new SendMessage(MessageTarget.Thread(before), null, "Answer"));
        await SendAsync(new DeleteMessage(before));
        await UntilOutboxIsEmptyAsync();

        Assert.That(
            Telegram.Calls, Has.None.StartsWith("editMessageText").And.None.StartsWith("deleteMessages").And.None.Contains("reply_parameters"));
    }

    [Test]
    public async Task Deletion_that_waits_during_the_move_is_not_sent()
    {
        var chatId = await ChatInAsync(Basic);
        var before = await SendMessageAsync(chatId, "Hello");
        await UntilOutboxIsEmptyAsync();
        Telegram.Reset();
        Telegram.Refuse("deleteMessages", 429, "Too Many Requests: retry after 35", new { retry_after = 35 });

        await SendAsync(new DeleteMessage(before));
        await UntilLastErrorAsync(chatId, "Too Many Requests");
        await MoveAsync();
        Clock.Advance(TimeSpan.FromSeconds(35));
        await UntilOutboxIsEmptyAsync();

        Assert.That(Telegram.CallsOf("deleteMessages"), Is.EqualTo([$$"""deleteMessages {"chat_id":{{Basic}},"message_ids":[101]}"""]));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Either_message_reports_the_move(bool inTheFormerGroup)
    {
        var chatId = await ChatInAsync(Basic);

        await PostUpdateAsync(inTheFormerGroup
            ? In(Basic, 30, Now, ("migrate_to_chat_id", Supergroup))
            : In(Supergroup, 1, Now, ("migrate_from_chat_id", Basic)));
        await PostUpdateAsync(In(Supergroup, 2, Now, ("text", "Here we are")));

        Assert.That(await TextsAsync(chatId), Is.EqualTo(["Here we are"]));
    }

    [Test]
    public async Task Both_messages_about_a_move_are_accepted()
    {
        var chatId = await ChatInAsync(Basic);

        await MoveAsync();
        await PostUpdateAsync(In(Supergroup, 1, Now, ("migrate_from_chat_id", Basic)));

        Assert.That(await ScalarAsync($"select external_id from chats where id = '{chatId}'"), Is.EqualTo($"{Supergroup}"));
    }

    [Test]
    public async Task Message_that_overtakes_the_move_is_asked_for_again()
    {
        var chatId = await ChatInAsync(Basic);
        var message = In(Supergroup, 2, Now, ("text", "Here we are"));

        await PostUpdateAsync(message, HttpStatusCode.ServiceUnavailable);
        await MoveAsync();
        await PostUpdateAsync(message);

        Assert.That(await TextsAsync(chatId), Is.EqualTo(["Here we are"]));
    }

    [TestCase(-1007777777777, -120)]
    [TestCase(-4777777777, 0)]
    public async Task Message_of_an_unknown_group_is_not_asked_for_again(long group, int seconds)
    {
        await ChatInAsync(Basic);

        await PostUpdateAsync(In(group, 2, Now.AddSeconds(seconds), ("text", "Elsewhere")));
    }

    [TestCase("getChat")]
    [TestCase("setChatTitle")]
    [TestCase("createChatInviteLink")]
    public async Task Chat_of_a_group_that_has_moved_is_created_in_the_supergroup(string method)
    {
        Telegram.Refuse(method, 400, "Bad Request: group chat was upgraded to a supergroup chat", new { migrate_to_chat_id = Supergroup });

        var chatId = await ChatInAsync(Basic);
        await PostUpdateAsync(In(Supergroup, 2, Now, ("text", "Here we are")));

        Assert.That(await TextsAsync(chatId), Is.EqualTo(["Here we are"]));
        Assert.That(Telegram.CallsOf("createChatInviteLink").Last(), Is.EqualTo($$"""createChatInviteLink {"chat_id":{{Supergroup}}}"""));
    }

    [Test]
    public async Task Chat_of_a_group_that_has_moved_to_that_of_another_chat_is_not_created()
    {
        var other = await ChatInAsync(Supergroup);
        Telegram.Refuse(
            "getChat", 400, "Bad Request: group chat was upgraded to a supergroup chat", new { migrate_to_chat_id = Supergroup });

        var chatId = await RegisterAsync(new { title = "Tuesday", service = "telegram", externalId = $"{Basic}" });

        await UntilLastErrorAsync(chatId, $"one with that of the chat '{other}'");
        await Wait.UntilAsync(async () => await ScalarAsync("select bool_and(state = 2) from jobs") is true, "the job ends");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Chat_whose_group_becomes_that_of_another_chat_is_closed(bool byUpdate)
    {
        var other = await ChatInAsync(Supergroup);
        var chatId = await ChatInAsync(Basic);
        await UntilOutboxIsEmptyAsync();
        Telegram.Reset();

        if (byUpdate)
        {
            await MoveAsync();
        }
        else
        {
            Telegram.Refuse(
                "sendMessage", 400, "Bad Request: group chat was upgraded to a supergroup chat", new { migrate_to_chat_id = Supergroup });
            await SendMessageAsync(chatId, "Hello");
        }

        await UntilLastErrorAsync(chatId, $"one with that of the chat '{other}'");
        await PostUpdateAsync(In(Supergroup, 2, Now, ("text", "Here we are")));
        await UntilOutboxIsEmptyAsync();

        Assert.That((bool)(await DetailAsync(chatId))["isActive"]!, Is.False);
        Assert.That((string?)(await DetailAsync(chatId))["lastError"], Does.Contain($"{other}"), "later calls do not hide the reason");
        Assert.That(await TextsAsync(other), Is.EqualTo(["Here we are"]), "once, in the chat that goes on");
    }

    private async Task<Guid> ChatInAsync(long group)
    {
        var chatId = await RegisterAsync(new { title = "Tuesday", service = "telegram", externalId = $"{group}" });
        await UntilActiveAsync(chatId);
        return chatId;
    }

    private Task MoveAsync() => PostUpdateAsync(In(Basic, 30, Now.AddSeconds(3), ("migrate_to_chat_id", Supergroup)));

    private JsonObject In(long group, long messageId, DateTime at, params (string Key, JsonNode? Value)[] content) =>
        Message(messageId, at, Ana, [("chat", new JsonObject { ["id"] = group, ["type"] = "group", ["title"] = "It" }), .. content]);

    private async Task<IEnumerable<string>> TextsAsync(Guid chatId) => (await GetAsync($"{Chats}/{chatId}/messages"))["records"]!.AsArray()
        .Select(message => (string)message!["content"]!.AsArray()[^1]!["value"]!).Reverse();
}
