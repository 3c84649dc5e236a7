using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats.Telegram;

internal sealed class UpdateTimeTests : TelegramTest
{
    [TestCase(-62135596800, "1970-01-01T00:00:00.000Z")]
    [TestCase(253402300799, "2026-06-15T12:00:00.000Z")]
    [TestCase(1_000_000_000_000_000, "2026-06-15T12:00:00.000Z")]
    public async Task Times_out_of_range_are_limited(long date, string expected)
    {
        var chatId = await TelegramChatAsync();
        var update = Message(10, Now, Person(43, "Ana"), ("text", "Hola"));
        update["message"]!["date"] = date;

        await PostUpdateAsync(update);

        var message = (await GetAsync($"{Chats}/{chatId}/messages"))["records"]!.AsArray().Single()!;
        Assert.That((string?)message["writtenAt"], Is.EqualTo(expected));
    }
}
