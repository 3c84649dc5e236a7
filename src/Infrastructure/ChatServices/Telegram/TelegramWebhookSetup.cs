using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.ChatServices.Telegram;

/// <summary>Tells Telegram at the start where to find this server, until it has understood.</summary>
internal sealed class TelegramWebhookSetup(
    TelegramBots bots,
    TelegramClient client,
    IOptions<TelegramOptions> options,
    IConfiguration configuration,
    TimeProvider clock,
    ILogger<TelegramWebhookSetup> log) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <summary>Members' comings and goings are only told when asked for.</summary>
    private static readonly string[] Wanted = ["message", "edited_message", "chat_member", "my_chat_member"];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var address = configuration["PublicBaseUrl"]?.TrimEnd('/');
        if (!options.Value.SetWebhook || string.IsNullOrEmpty(address))
        {
            return;
        }

        try
        {
            await Task.WhenAll(bots.All.Where(bot => bot.WebhookSecret.Length > 0).Select(bot => SetAsync(bot, address, stoppingToken)));
        }
        catch (OperationCanceledException)
        {
            // The server stops; its next start tells it again.
        }
    }

    private async Task SetAsync(TelegramBot bot, string address, CancellationToken stoppingToken)
    {
        var arguments = new
        {
            url = $"{address}/webhooks/telegram/{bot.WebhookSecret}",
            secret_token = bot.WebhookSecret,
            allowed_updates = Wanted,
        };
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var answer = await client.CallAsync(bot, "setWebhook", arguments, isRepeatable: true, stoppingToken);
            if (answer.Outcome is TelegramOutcome.Ok)
            {
                log.LogInformation("Telegram tells the bot {Bot} of {Application} its updates here", bot.Id, bot.ApplicationKey);
                return;
            }

            log.LogWarning("Telegram did not take the webhook of bot {Bot}: {Reason}", bot.Id, answer.Description);
            await Task.Delay(answer.RetryAfter ?? pause, clock, stoppingToken);
        }
    }
}
