using System.Text.Json.Nodes;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats.Telegram;

/// <summary>Telegram tells time in seconds: what happens within one second is ordered by the numbers of the updates.</summary>
public sealed class OrderTests : TelegramTest
{
    private static readonly JsonObject Ana = Person(43, "Ana");
    private static readonly JsonObject Jorge = Person(42, "Jorge", "JorgeOiz");

    [TestCase(false)]
    [TestCase(true)]
    public async Task Last_edit_of_a_second_wins(bool reversed)
    {
        var chatId = await TelegramChatAsync();
        JsonObject[] updates =
        [
            Message(10, Now, Ana, ("text", "One")),
            Edit(10, Now, Now, Ana, "Two"),
            Edit(10, Now, Now.AddSeconds(1), Ana, "Three"),
            Edit(10, Now, Now.AddSeconds(1), Ana, "Four"),
        ];
        foreach (var update in reversed ? updates.Reverse() : updates)
        {
            await PostUpdateAsync(update);
        }

        var message = (await GetAsync($"{Chats}/{chatId}/messages"))["records"]![0]!;
        Assert.That(
            message["content"]!.AsArray().Select(version => (string)version!["value"]!), Is.EqualTo(["One", "Two", "Three", "Four"]));
        Assert.That(await ScalarAsync("select body from messages m join chat_message_links l on l.message_id = m.id"), Is.EqualTo("Four"));
    }

    [Test]
    public async Task Edit_made_here_follows_one_of_the_same_second()
    {
        var chatId = await TelegramChatAsync();
        await PostUpdateAsync(Message(10, Now, Ana, ("text", "One")));
        await PostUpdateAsync(Edit(10, Now, Now.AddSeconds(30), Ana, "Two"));

        await using (var db = Database.ContextFor(Riverside.Id))
        {
            db.Messages.Single(message => message.Body == "Two").Edit("Three", Now.AddSeconds(1));
            await db.SaveChangesAsync();
        }

        var message = (await GetAsync($"{Chats}/{chatId}/messages"))["records"]![0]!;
        Assert.That(
            message["content"]!.AsArray().Select(version => (string)version!["value"]!), Is.EqualTo(["One", "Two", "Three"]));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Last_title_of_a_second_wins(bool reversed)
    {
        var chatId = await TelegramChatAsync("Monday");
        JsonObject[] updates =
        [
            Message(20, Now.AddSeconds(1), Jorge, ("new_chat_title", "Tuesday")),
            Message(21, Now.AddSeconds(1), Jorge, ("new_chat_title", "Wednesday")),
        ];
        foreach (var update in reversed ? updates.Reverse() : updates)
        {
            await PostUpdateAsync(update);
        }

        Assert.That(
            (await DetailAsync(chatId))["title"]!.AsArray().Select(title => (string)title!["value"]!),
            Is.EqualTo(["Monday", "Tuesday", "Wednesday"]));
        Assert.That(
            await ScalarAsync($"select display_name from channels where id = {await ChannelOfAsync(chatId)}"), Is.EqualTo("Wednesday"));
    }

    [Test]
    public async Task Message_before_a_ban_of_the_same_second_does_not_bring_the_user_back()
    {
        var chatId = await TelegramChatAsync();
        await PostUpdateAsync(Member("chat_member", Now, Ana, Ana, "left", "member"));
        var message = Message(10, Now.AddSeconds(5), Ana, ("text", "Spam"));

        await PostUpdateAsync(Member("chat_member", Now.AddSeconds(5), Jorge, Ana, "member", "kicked"));
        await PostUpdateAsync(message);

        Assert.That(await MembersAsync(chatId), Is.Empty);
    }

    [Test]
    public async Task Status_outside_ends_an_open_participation()
    {
        var chatId = await TelegramChatAsync();
        await PostUpdateAsync(Message(10, Now, Ana, ("text", "Spam")));

        await PostUpdateAsync(Member("chat_member", Now.AddSeconds(5), Jorge, Ana, "kicked", "left"));
        await PostUpdateAsync(Member("chat_member", Now.AddSeconds(5), Jorge, Jorge, "kicked", "left"));

        Assert.That((await DetailAsync(chatId))["participants"]!.AsArray().Single()!["participations"]!.ToJsonString(), Is.EqualTo(
            """[{"isActive":false,"joinedAt":"2026-06-15T12:00:00.000Z","leftAt":"2026-06-15T12:00:05.000Z"}]"""));
        Assert.That(await MembersAsync(chatId), Is.Empty);
        Assert.That(
            await ScalarAsync("select count(*) from users where name = 'telegram:42'"), Is.EqualTo(0L), "never was in the group");
    }

    [Test]
    public async Task New_name_is_shown_unless_it_was_changed_here()
    {
        await TelegramChatAsync();
        await PostUpdateAsync(Message(10, Now, Ana, ("text", "One")));
        await PostUpdateAsync(Message(12, Now.AddSeconds(2), Person(43, "Anna"), ("text", "Three")));
        await PostUpdateAsync(Message(11, Now.AddSeconds(1), Person(43, "Anita"), ("text", "Two, late")));
        Assert.That(await NameAsync(), Is.EqualTo("Anna"));

        await ScalarAsync("update users set display_name = 'Ms Anna' where name = 'telegram:43'");
        await PostUpdateAsync(Message(13, Now.AddSeconds(3), Person(43, "Annika"), ("text", "Four")));
        Assert.That(await NameAsync(), Is.EqualTo("Ms Anna"));
    }

    private Task<object?> NameAsync() => ScalarAsync("select display_name from users where name = 'telegram:43'");
}
