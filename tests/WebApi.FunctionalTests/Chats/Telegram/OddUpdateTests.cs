using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats.Telegram;

/// <summary>Updates that Telegram should not send, or that are newer than this server.</summary>
public sealed class OddUpdateTests : TelegramTest
{
    private static readonly JsonObject Ana = Person(43, "Ana");
    private static readonly JsonObject Jorge = Person(42, "Jorge", "JorgeOiz");

    [TestCase("")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"update_id":"one"}""")]
    [TestCase("""{"update_id":-1}""")]
    public async Task Malformed_update_is_refused(string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await Anonymous().PostAsync($"/webhooks/telegram/{Secret}", content);

        await ProblemAsync(response, HttpStatusCode.BadRequest, "webhook.malformed");
    }

    [TestCase("""{"update_id":1,"message":5}""")]
    [TestCase("""{"update_id":1,"message":{"message_id":1,"date":"soon","chat":{"id":-1}}}""")]
    [TestCase("""{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-1},"text":5}}""")]
    [TestCase("""{"update_id":1,"chat_member":{"chat":{"id":-1},"new_chat_member":5}}""")]
    [TestCase("""{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-9223372036854775809},"text":"x"}}""")]
    [TestCase("""{"update_id":99999999999,"message":{"message_id":99999999999,"date":1,"chat":{"id":-1},"text":"x"}}""")]
    [TestCase("""{"update_id":1,"message":{"message_id":1,"date":1,"chat":null,"from":null,"text":"x"}}""")]
    [TestCase("""{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-1001234567890},"from":null,"text":"x"}}""")]
    [TestCase("""{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-1001234567890},"from":{"id":43},"text":"\ud83d"}}""")]
    [TestCase("""{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-1001234567890},"from":{"id":43},"text":"a\u0000"}}""")]
    [TestCase("""{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-1001234567890},"new_chat_title":"\ude00"}}""")]
    [TestCase("""{"update_id":1,"message":{}}""")]
    [TestCase("""{"update_id":1,"message":{"chat":{"id":-1001234567890},"from":{"id":43},"new_chat_members":[null]}}""")]
    [TestCase("""{"update_id":1,"message":{"chat":{"id":-1001234567890},"from":{"id":43},"text":"Without id and date"}}""")]
    [TestCase("""{"update_id":1,"chat_member":{"chat":{"id":-1001234567890}}}""")]
    [TestCase("""{"update_id":1,"chat_member":{"chat":{"id":-1001234567890},"from":{"id":43},"new_chat_member":{"user":{"id":43}}}}""")]
    [TestCase("""{"update_id":1,"message_reaction":{"date":-1,"new_reaction":[{"type":"unknown"}]}}""")]
    [TestCase("""{"update_id":1,"unknown":{"type":"unknown"}}""")]
    public async Task Unreadable_or_unknown_update_is_accepted_since_telegram_would_repeat_it(string json)
    {
        await TelegramChatAsync();
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await Anonymous().PostAsync($"/webhooks/telegram/{Secret}", content);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task Unknown_kinds_of_content_and_status_do_not_hide_the_rest()
    {
        var chatId = await TelegramChatAsync();
        var unknown = new JsonObject { ["type"] = "unknown" };

        await PostUpdateAsync(Message(
            10, Now, Ana, ("text", "Hola"), ("forward_origin", unknown.DeepClone()), ("entities", new JsonArray(unknown.DeepClone()))));
        await PostUpdateAsync(Message(
            11, Now.AddSeconds(1), Ana, ("paid_media", new JsonObject { ["paid_media"] = new JsonArray(unknown.DeepClone()) })));
        await PostUpdateAsync(Member("chat_member", Now, Jorge, Jorge, "unknown", "member"));
        await PostUpdateAsync(Member("chat_member", Now.AddSeconds(2), Ana, Ana, "member", "unknown"));

        var shown = (await GetAsync($"{Chats}/{chatId}/messages"))["records"]!.AsArray();
        Assert.That(shown.Select(m => (string)m!["content"]![0]!["value"]!), Is.EqualTo(["[paid_media]", "Hola"]));
        Assert.That(await MembersAsync(chatId), Is.EqualTo(["telegram:42"]));
    }

    [Test]
    public async Task Deeply_nested_update_is_read()
    {
        var chatId = await TelegramChatAsync();
        var update = Message(10, Now, Ana, ("text", "Hola"), ("unknown", "DEEP")).ToJsonString()
            .Replace("\"DEEP\"", new string('[', 70) + new string(']', 70), StringComparison.Ordinal);

        using var content = new StringContent(update, Encoding.UTF8, "application/json");
        using var response = await Anonymous().PostAsync($"/webhooks/telegram/{Secret}", content);

        Assert.That((await GetAsync($"{Chats}/{chatId}/messages"))["records"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Long_texts_and_names_are_truncated_between_characters()
    {
        var chatId = await TelegramChatAsync();
        var long255 = new string('n', 254) + "😀";

        await PostUpdateAsync(Message(10, Now, Person(43, long255, long255), ("text", new string('t', 65_535) + "😀")));
        await PostUpdateAsync(Message(11, Now.AddSeconds(1), Jorge, ("new_chat_title", long255)));

        var chat = await DetailAsync(chatId);
        var message = (await GetAsync($"{Chats}/{chatId}/messages"))["records"]![0]!;
        var named = chat["participants"]!.AsArray().Single(p => (string?)p!["userProperties"]!["username"] != "JorgeOiz")!;
        Assert.That((string?)message["content"]![0]!["value"], Is.EqualTo(new string('t', 65_535)));
        Assert.That((string?)named["userProperties"]!["firstname"], Is.EqualTo(new string('n', 254)));
        Assert.That((string?)chat["title"]!.AsArray()[^1]!["value"], Is.EqualTo(new string('n', 254)));
    }
}
