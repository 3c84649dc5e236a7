using ChatPlatform.Testing;
using NUnit.Framework;
using static ChatPlatform.Testing.SeededCommunity;

namespace ChatPlatform.WebApi.FunctionalTests.Chats.Telegram;

public sealed class InvalidTokenTests : TelegramTest
{
    protected override void Configure(ServerFactory server)
    {
        base.Configure(server);
        server.Settings[$"Telegram:Bots:{Riverside.ClientId}:Token"] = "not-a-token";
    }

    [Test]
    public async Task Malformed_token_is_reported_without_a_call()
    {
        var chatId = await RegisterAsync(new { title = "Tuesday", service = "telegram", externalId = $"{FakeTelegram.Group}" });

        await UntilLastErrorAsync(chatId, "The bot's token is not valid.");

        Assert.That(Telegram.Calls, Is.Empty);
        Assert.That((await DetailAsync(chatId)).ToJsonString(), Does.Not.Contain("not-a-token"));
    }
}
