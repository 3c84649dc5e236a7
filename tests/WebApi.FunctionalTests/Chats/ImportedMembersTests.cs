using System.Net;
using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats;

/// <summary>Members written in bulk by the job worker.</summary>
public sealed class ImportedMembersTests : ChatTest
{
    protected override bool Workers => true;

    [TestCase(false)]
    [TestCase(true)]
    public async Task Imported_members_take_part(bool atomic)
    {
        var chatId = await RegisterAsync(new { title = "Tuesday" });
        await Wait.UntilAsync(async () => (bool)(await DetailAsync(chatId))["isActive"]!, "the chat is active");
        await AddAsync(chatId, Bob);
        var channelId = await ChannelOfAsync(chatId);
        const string items = """[{"username":"alice"},{"username":"bob"},{"username":"carol"}]""";
        using var file = new MultipartFormDataContent
        {
            { new StringContent(items), "file", "members.json" },
        };

        using var response = await Api.PostAsync($"/v1/imports/channels/{channelId}/members{(atomic ? "?atomic=true" : "")}", file);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Accepted), await response.Content.ReadAsStringAsync());
        await Wait.UntilAsync(async () => await ScalarAsync("select count(*) from jobs where state = 2") is 2L, "the import has finished");

        Assert.That(await PresentAsync(chatId), Is.EqualTo(["alice", "bob", "carol"]));
        Assert.That(await MembersAsync(chatId), Is.EqualTo(["alice", "bob", "carol"]));
        Assert.That(await ScalarAsync("select count(*) from events where type = 'chat.participant_joined'"), Is.EqualTo(3L));
    }
}
