using ChatPlatform.Testing;
using NUnit.Framework;

namespace ChatPlatform.WebApi.FunctionalTests.Chats.Telegram;

public sealed class WebhookSetupTests : TelegramTest
{
    protected override void Configure(ServerFactory server)
    {
        base.Configure(server);
        server.Settings["PublicBaseUrl"] = "https://chat.example.com/";
    }

    [Test]
    public async Task Webhook_is_registered_at_start_and_retried()
    {
        Telegram.Refuse("setWebhook", 429, "Too Many Requests: retry after 1", new { retry_after = 1 });

        using var start = await Anonymous().GetAsync("/");
        await UntilCalledAsync("setWebhook", 2);

        const string call =
            """
            setWebhook {"url":"https://chat.example.com/webhooks/telegram/a-webhook-secret","secret_token":"a-webhook-secret",
            "allowed_updates":["message","edited_message","chat_member","my_chat_member"]}
            """;
        Assert.That(Telegram.Calls, Is.All.EqualTo(call.ReplaceLineEndings("")));
    }
}
