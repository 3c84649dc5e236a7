using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ChatPlatform.Application.Messages;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats.Telegram;

/// <summary>Changes made on Telegram are received here.</summary>
public sealed class WebhookTests : TelegramTest
{
    private static readonly JsonObject Jorge = Person(42, "Jorge", "JorgeOiz");
    private static readonly JsonObject Ana = Person(43, "Ana");
    private static readonly JsonObject Bot = Person(FakeTelegram.BotId, "Flood_wait_bot", "Flood_wait_bot", isBot: true);

    [Test]
    public async Task Joining_users_become_participants_with_their_inviter()
    {
        var chatId = await TelegramChatAsync();

        await PostUpdateAsync(Member("my_chat_member", Now, Jorge, Bot, "left", "administrator"));
        await PostUpdateAsync(Member("chat_member", Now.AddSeconds(5), Ana, Ana, "left", "member"));
        await PostUpdateAsync(Message(8, Now.AddSeconds(5), Ana, ("new_chat_members", new JsonArray(Ana.DeepClone()))));

        var participants = (await DetailAsync(chatId))["participants"]!.AsArray();
        var jorge = (string)participants.Single(p => (string?)p!["userProperties"]!["username"] == "JorgeOiz")!["id"]!;
        Assert.That(
            participants.Select(p => $"{p!["userProperties"]!.ToJsonString()} {p["participations"]!.ToJsonString()}")
                .Select(shown => shown.Replace(jorge, "JORGE", StringComparison.Ordinal)),
            Is.EquivalentTo(new[]
            {
                """{"firstname":"Flood_wait_bot","username":"Flood_wait_bot"} """
                    + """[{"isActive":true,"joinedAt":"2026-06-15T12:00:00.000Z","invitedBy":"JORGE"}]""",
                """{"firstname":"Jorge","username":"JorgeOiz"} [{"isActive":true,"joinedAt":"2026-06-15T12:00:00.000Z"}]""",
                """{"firstname":"Ana"} [{"isActive":true,"joinedAt":"2026-06-15T12:00:05.000Z"}]""",
            }));
        Assert.That(await MembersAsync(chatId), Is.EqualTo(["telegram:123456", "telegram:42", "telegram:43"]));
    }

    [Test]
    public async Task Leaving_ends_the_participation_and_is_not_sent_back()
    {
        var chatId = await TelegramChatAsync();
        await PostUpdateAsync(Member("chat_member", Now, Ana, Ana, "left", "member"));
        await UntilOutboxIsEmptyAsync();
        Telegram.Reset();

        await PostUpdateAsync(Message(9, Now.AddMinutes(1), Ana, ("left_chat_member", Ana.DeepClone())));
        await PostUpdateAsync(Member("chat_member", Now.AddMinutes(1), Ana, Ana, "member", "left"));
        await UntilOutboxIsEmptyAsync();

        Assert.That((await DetailAsync(chatId))["participants"]![0]!["participations"]!.ToJsonString(), Is.EqualTo(
            """[{"isActive":false,"joinedAt":"2026-06-15T12:00:00.000Z","leftAt":"2026-06-15T12:01:00.000Z"}]"""));
        Assert.That(await MembersAsync(chatId), Is.Empty);
        Assert.That(Telegram.Calls, Is.Empty);
    }

    [Test]
    public async Task Leaving_ends_the_chat_session()
    {
        var chatId = await TelegramChatAsync();
        await PostUpdateAsync(Member("chat_member", Now, Ana, Ana, "left", "member"));
        await StartChatSessionAsync(chatId, (await MembersAsync(chatId)).Single());
        Assert.That(await ConcurrentAsync(chatId), Is.EqualTo(1));

        await PostUpdateAsync(Member("chat_member", Now.AddMinutes(1), Ana, Ana, "member", "left"));

        Assert.That(await ConcurrentAsync(chatId), Is.Zero);
    }

    [Test]
    public async Task Messages_and_edits_appear_in_the_channel()
    {
        var chatId = await TelegramChatAsync();
        await UntilOutboxIsEmptyAsync();
        Telegram.Reset();

        await PostUpdateAsync(Message(10, Now, Ana, ("text", "Hola")));
        var first = new JsonObject { ["message_id"] = 10 };
        await PostUpdateAsync(Message(11, Now.AddSeconds(1), Jorge, ("text", "¿Qué tal?"), ("reply_to_message", first)));
        await PostUpdateAsync(Message(12, Now.AddSeconds(2), Ana, ("photo", new JsonArray()), ("caption", "Yo")));
        await PostUpdateAsync(Message(13, Now.AddSeconds(3), Ana, ("sticker", new JsonObject())));
        await PostUpdateAsync(Message(14, Now.AddSeconds(4), Ana, ("pinned_message", new JsonObject())));
        await PostUpdateAsync(Edit(10, Now, Now.AddSeconds(9), Ana, "Hola a todos"));
        await UntilOutboxIsEmptyAsync();

        var shown = (await GetAsync($"{Chats}/{chatId}/messages"))["records"]!.AsArray();
        Assert.That(
            shown.Select(m => string.Join(" < ", m!["content"]!.AsArray().Select(version => $"{version!["value"]}").Reverse())),
            Is.EqualTo(["[sticker]", "Yo", "¿Qué tal?", "Hola a todos < Hola"]));
        Assert.That(shown.Select(m => (string?)m!["writtenAt"]), Is.EqualTo(
            ["2026-06-15T12:00:03.000Z", "2026-06-15T12:00:02.000Z", "2026-06-15T12:00:01.000Z", "2026-06-15T12:00:00.000Z"]));
        Assert.That(await PresentAsync(chatId), Has.Exactly(2).Items, "writers are participants");
        Assert.That(
            await ScalarAsync(
                "select p.body from messages m join messages p on p.id = m.parent_id where m.body = '¿Qué tal?'"),
            Is.EqualTo("Hola a todos"));
        Assert.That(
            await ScalarAsync("select sum(received) from events e join users u on u.id = e.user_id where u.name = 'telegram:43'"),
            Is.EqualTo(3L), "they count in every statistic");
        Assert.That(Telegram.Calls, Is.Empty, "nothing is sent back");
    }

    [Test]
    public async Task New_title_renames_chat_and_channel()
    {
        var chatId = await TelegramChatAsync("Tuesday");
        await UntilOutboxIsEmptyAsync();
        Telegram.Reset();

        await PostUpdateAsync(Message(20, Now.AddSeconds(20), Jorge, ("new_chat_title", "Jueves")));
        await PostUpdateAsync(Message(21, Now.AddSeconds(10), Jorge, ("new_chat_title", "Miércoles")));
        await PostUpdateAsync(Message(22, Now.AddSeconds(30), Bot, ("new_chat_title", "Set by the bot")));
        await UntilOutboxIsEmptyAsync();

        Assert.That(
            (await DetailAsync(chatId))["title"]!.AsArray().Select(title => (string)title!["value"]!),
            Is.EqualTo(["Tuesday", "Miércoles", "Jueves"]), "received in the wrong order, shown in the right one");
        Assert.That(
            await ScalarAsync($"select display_name from channels where id = {await ChannelOfAsync(chatId)}"), Is.EqualTo("Jueves"));
        Assert.That(Telegram.Calls, Is.Empty);
    }

    [Test]
    public async Task Order_of_updates_makes_no_difference()
    {
        JsonObject[] updates =
        [
            Member("chat_member", Now, Ana, Ana, "left", "member"),
            Message(10, Now.AddSeconds(1), Ana, ("text", "One")),
            Edit(10, Now.AddSeconds(1), Now.AddSeconds(2), Ana, "Two"),
            Edit(10, Now.AddSeconds(1), Now.AddSeconds(3), Ana, "Three"),
            Member("chat_member", Now.AddSeconds(4), Ana, Ana, "member", "left"),
        ];
        var chatId = await TelegramChatAsync();
        foreach (var update in updates.Reverse())
        {
            await PostUpdateAsync(update);
        }

        var message = (await GetAsync($"{Chats}/{chatId}/messages"))["records"]!.AsArray().Single()!;
        Assert.That(message["content"]!.AsArray().Select(version => (string)version!["value"]!), Is.EqualTo(["One", "Two", "Three"]));
        Assert.That((string?)message["writtenAt"], Is.EqualTo("2026-06-15T12:00:01.000Z"));
        Assert.That((await DetailAsync(chatId))["participants"]!.AsArray().Single()!["participations"]!.ToJsonString(), Is.EqualTo(
            """[{"isActive":false,"joinedAt":"2026-06-15T12:00:00.000Z","leftAt":"2026-06-15T12:00:04.000Z"}]"""));
        Assert.That(await MembersAsync(chatId), Is.Empty);
    }

    [Test]
    public async Task Repeated_update_changes_nothing()
    {
        var chatId = await TelegramChatAsync();
        var message = Message(10, Now, Ana, ("text", "Hola"));
        var joined = Member("chat_member", Now, Jorge, Jorge, "left", "member");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PostUpdateAsync(i % 2 == 0 ? message : joined)));

        Assert.That((await GetAsync($"{Chats}/{chatId}/messages"))["records"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That((await DetailAsync(chatId))["participants"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That(await ScalarAsync("select count(*) from processed_updates"), Is.EqualTo(2L));
    }

    [Test]
    public async Task Chat_follows_its_group_to_a_supergroup()
    {
        var chatId = await TelegramChatAsync();
        await UntilOutboxIsEmptyAsync();
        Telegram.Reset();

        await PostUpdateAsync(Message(30, Now, Jorge, ("migrate_to_chat_id", -1009876543210)));
        await SendMessageAsync(chatId, "Still there?");
        await UntilOutboxIsEmptyAsync();

        Assert.That(Telegram.Calls, Is.EqualTo(new[] { """sendMessage {"chat_id":-1009876543210,"text":"Still there?"}""" }));
    }

    [Test]
    public async Task Removed_bot_is_shown_as_an_error_until_it_returns()
    {
        var chatId = await TelegramChatAsync();

        await PostUpdateAsync(Member("my_chat_member", Now, Jorge, Bot, "administrator", "kicked"));
        Assert.That((string?)(await DetailAsync(chatId))["lastError"], Is.EqualTo("The bot is not in the group any more."));

        await PostUpdateAsync(Member("my_chat_member", Now.AddMinutes(1), Jorge, Bot, "kicked", "administrator"));
        Assert.That((await DetailAsync(chatId)).ContainsKey("lastError"), Is.False);
    }

    [Test]
    public async Task Update_for_a_chat_being_provisioned_must_be_repeated()
    {
        using var over = new CancellationTokenSource();
        Telegram.Hold("getChat", over.Token);
        var chatId = await RegisterAsync(new { title = "Tuesday", service = "telegram", externalId = $"{FakeTelegram.Group}" });
        var message = Message(10, Now, Ana, ("text", "Hola"));

        await PostUpdateAsync(message, HttpStatusCode.ServiceUnavailable);
        await over.CancelAsync();
        await UntilActiveAsync(chatId);
        await PostUpdateAsync(message);

        Assert.That((await GetAsync($"{Chats}/{chatId}/messages"))["records"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Forged_request_is_not_found()
    {
        await TelegramChatAsync();
        var message = Message(10, Now, Ana, ("text", "Hola"));

        await PostUpdateAsync(message, HttpStatusCode.NotFound, "/webhooks/telegram/guessed");
        await PostUpdateAsync(message, HttpStatusCode.NotFound, header: "guessed");
        await PostUpdateAsync(message, HttpStatusCode.NotFound, "/webhooks/internal/" + Secret);
        await PostUpdateAsync(message, HttpStatusCode.NotFound, "/webhooks/carrier-pigeon/" + Secret);

        Assert.That(await ScalarAsync("select count(*) from chat_message_links"), Is.EqualTo(0L));
        await PostUpdateAsync(message, header: null);
        Assert.That(await ScalarAsync("select count(*) from chat_message_links"), Is.EqualTo(1L));
    }

    [Test]
    public async Task Update_without_an_open_chat_is_ignored()
    {
        await PostUpdateAsync(Message(10, Now, Ana, ("text", "Nobody listens")));
        await PostUpdateAsync(new { update_id = 5_000, callback_query = new { id = "1" } });
        var chatId = await TelegramChatAsync();
        using (await Api.PatchAsync($"{Chats}/{chatId}", new StringContent("""{"isActive":false}""", Encoding.UTF8, "application/json")))
        {
            await PostUpdateAsync(Message(11, Now, Ana, ("text", "Closed")));
        }

        Assert.That(await ScalarAsync("select count(*) from chat_message_links"), Is.EqualTo(0L));
    }

    [Test]
    public async Task Reply_on_telegram_is_a_reply_here()
    {
        var chatId = await TelegramChatAsync();
        var first = await SendMessageAsync(chatId, "Who is coming?");
        await UntilOutboxIsEmptyAsync();

        await PostUpdateAsync(Message(200, Now, Ana, ("text", "Me"), ("reply_to_message", new JsonObject { ["message_id"] = 101 })));

        var replies = await SendAsync(new GetThread(first));
        Assert.That(replies.IsSuccess, replies.Error?.Message);
        Assert.That(await ScalarAsync($"select count(*) from messages where parent_id = {first}"), Is.EqualTo(1L));
    }
}
