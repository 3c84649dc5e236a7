using System.Text.Json.Nodes;
using ChatPlatform.Application.Messages;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats.Telegram;

/// <summary>A message that is deleted here stays deleted, whatever Telegram reports about it later.</summary>
public sealed class DeletedMessageTests : TelegramTest
{
    private static readonly JsonObject Ana = Person(43, "Ana");

    [Test]
    public async Task Edit_of_a_deleted_message_does_not_bring_it_back()
    {
        var chatId = await TelegramChatAsync();
        await PostUpdateAsync(Message(10, Now, Ana, ("text", "Rude")));
        await DeleteAsync();

        await PostUpdateAsync(Edit(10, Now, Now.AddSeconds(9), Ana, "Rude again"));
        await PostUpdateAsync(Message(10, Now, Ana, ("text", "Rude")));

        await AssertStaysDeletedAsync(chatId);
    }

    [Test]
    public async Task Answer_to_a_deleted_message_has_no_parent()
    {
        await TelegramChatAsync();
        await PostUpdateAsync(Message(10, Now, Ana, ("text", "Rude")));
        await DeleteAsync();

        await PostUpdateAsync(Message(
            11, Now.AddSeconds(1), Ana, ("text", "Why?"), ("reply_to_message", new JsonObject { ["message_id"] = 10 })));

        Assert.That(
            await ScalarAsync("select concat(body, ' ', parent_id is null) from messages where body = 'Why?'"), Is.EqualTo("Why? t"));
    }

    private async Task DeleteAsync() => Assert.That(
        (await SendAsync(new DeleteMessage((long)(await ScalarAsync("select message_id from chat_message_links"))!))).IsSuccess);

    private async Task AssertStaysDeletedAsync(Guid chatId)
    {
        var message = (await GetAsync($"{Chats}/{chatId}/messages"))["records"]!.AsArray().Single()!;
        Assert.That((bool)message["deleted"]!);
        Assert.That(message["content"]!.AsArray().Select(version => (string)version!["value"]!), Is.EqualTo(["Rude"]));
        Assert.That(await ScalarAsync("select count(*) from messages where body like 'Rude%'"), Is.EqualTo(0L));
    }
}
