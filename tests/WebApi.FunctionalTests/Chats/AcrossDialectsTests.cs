using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats;

/// <summary>The channel of a chat is an ordinary channel in the other dialects.</summary>
public sealed class AcrossDialectsTests : ChatTest
{
    [Test]
    public async Task Changes_in_the_platform_dialect_show_on_the_chat_and_back()
    {
        var chatId = await ChatAsync("Tuesday");
        var channel = $"/v1/channels/{await ChannelOfAsync(chatId)}";

        await PlatformAsync(HttpMethod.Post, $"{channel}/members", new { username = "alice" });
        await PlatformAsync(HttpMethod.Post, $"{channel}/members", new { username = "bob" });
        Assert.That(await PresentAsync(chatId), Is.EqualTo(["alice", "bob"]));

        await PlatformAsync(HttpMethod.Delete, $"{channel}/members/{Alice.Id}");
        Assert.That(await PresentAsync(chatId), Is.EqualTo(["bob"]));

        Clock.Advance(TimeSpan.FromMinutes(1));
        await PlatformAsync(HttpMethod.Patch, channel, new { displayName = "Wednesday" });
        Assert.That(
            (await DetailAsync(chatId))["title"]!.AsArray().Select(title => (string)title!["value"]!),
            Is.EqualTo(["Tuesday", "Wednesday"]));

        using (await Api.PatchAsJsonAsync($"{Chats}/{chatId}", new { title = "Thursday" }))
        {
            Assert.That((string?)(await GetAsync(channel))["displayName"], Is.EqualTo("Thursday"));
            Assert.That((string?)(await GetAsync(channel))["type"], Is.EqualTo("PRIVATE"));
        }
    }

    [Test]
    public async Task Messages_of_the_chat_are_in_the_channels_statistics()
    {
        var chatId = await ChatAsync();
        var channelId = await ChannelOfAsync(chatId);
        var bob = await AddAsync(chatId, Bob);
        foreach (var text in new[] { "One", "Two" })
        {
            using var sent = await Api.PostAsJsonAsync($"{Chats}/{chatId}/messages", new { text, writtenBy = bob });
            Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        }

        await PlatformAsync(
            HttpMethod.Post, $"/v1/channels/{channelId}/messages", new { type = "TEXT", body = "Three", user = new { username = "bob" } });

        var counted = await GetAsync($"/chats?channel_id={channelId}");
        var shown = await GetAsync($"{Chats}/{chatId}/messages");
        Assert.That((long)counted["users"]![0]!["chat_in-channel"]!, Is.EqualTo(3));
        Assert.That(shown["records"]!.AsArray(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Message_without_a_writer_is_of_the_applications_bot_and_counts()
    {
        var chatId = await ChatAsync();
        var channelId = await ChannelOfAsync(chatId);
        foreach (var text in new[] { "One", "Two" })
        {
            using var sent = await Api.PostAsJsonAsync($"{Chats}/{chatId}/messages", new { text });
            Assert.That(sent.StatusCode, Is.EqualTo(HttpStatusCode.Created));
        }

        var counted = await GetAsync($"/chats?channel_id={channelId}");
        var shown = await GetAsync($"{Chats}/{chatId}/messages");
        Assert.That((long)counted["users"]![0]!["chat_in-channel"]!, Is.EqualTo(2));
        Assert.That(shown["records"]!.AsArray().Any(message => message!.AsObject().ContainsKey("writtenBy")), Is.False);
        await using var bot = Database.DataSource.CreateCommand("select count(*) from users where name = 'application-bot' and type = 1");
        Assert.That(await bot.ExecuteScalarAsync(), Is.EqualTo(1));
    }

    private async Task PlatformAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null
            ? null
            : JsonContent.Create(body, MediaTypeHeaderValue.Parse(
                method == HttpMethod.Patch ? "application/json+merge-patch" : "application/json"));
        using var response = await Api.SendAsync(request);
        Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}
