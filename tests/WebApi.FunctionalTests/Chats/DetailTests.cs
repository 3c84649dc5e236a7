using System.Net;
using System.Text.Json.Nodes;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats;

public sealed class DetailTests : ChatTest
{
    [Test]
    public async Task Documented_chat_is_shown_as_documented()
    {
        await DocumentedChats.StoreAsync(Database);

        var shown = await GetAsync($"{Chats}/{DocumentedChats.Newer}");

        Assert.That(JsonNode.DeepEquals(shown, JsonNode.Parse(DocumentedChats.NewerJson)), shown.ToString());
    }

    [Test]
    public async Task Documented_invitation_is_shown_as_documented()
    {
        await DocumentedChats.StoreAsync(Database);

        var shown = await GetAsync($"{Chats}/{DocumentedChats.Newer}/invitation");

        Assert.That(
            JsonNode.DeepEquals(shown, JsonNode.Parse("""{"service":"telegram","invitation":"https://t.me/xxxxxxxx"}""")),
            shown.ToString());
    }

    [TestCase("not-a-uuid")]
    [TestCase("9a983789-1709-4543-aa31-a02867680017")]
    [TestCase("9a983789-1709-4543-aa31-a0286768001g")]
    public async Task Unknown_chat_is_not_found(string chatId)
    {
        using var detail = await Api.GetAsync($"{Chats}/{chatId}");
        using var invitation = await Api.GetAsync($"{Chats}/{chatId}/invitation");
        using var removal = await Api.DeleteAsync($"{Chats}/{chatId}/participants/{Guid.NewGuid()}");

        foreach (var response in new[] { detail, invitation, removal })
        {
            var problem = await BodyAsync(response, HttpStatusCode.NotFound);
            Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/problem+json"), $"{problem}");
        }
    }

    [Test]
    public async Task Another_applications_chat_is_not_found()
    {
        var chatId = await ChatAsync();
        var participantId = await AddAsync(chatId, Alice);
        var stranger = ClientFor(Hillside);

        using var detail = await stranger.GetAsync($"{Chats}/{chatId}");
        using var invitation = await stranger.GetAsync($"{Chats}/{chatId}/invitation");
        using var removal = await stranger.DeleteAsync($"{Chats}/{chatId}/participants/{participantId}");

        foreach (var response in new[] { detail, invitation, removal })
        {
            await ProblemAsync(response, HttpStatusCode.NotFound, "chat.not_found");
        }

        using var list = await stranger.GetAsync(Chats);
        Assert.That((int)(await BodyAsync(list, HttpStatusCode.OK))["_metadata"]!["totalRecords"]!, Is.EqualTo(0));
        Assert.That(await PresentAsync(chatId), Is.EqualTo(["alice"]));
    }

    [Test]
    public async Task Wrong_method_is_refused_in_the_same_shape()
    {
        using var response = await Api.DeleteAsync($"{Chats}/{Guid.NewGuid()}");

        await ProblemAsync(response, HttpStatusCode.MethodNotAllowed, "http.method_not_allowed");
    }
}
