using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChatPlatform.Infrastructure.ChatConnectors.Telegram;

/// <summary>Tells Telegram at the start where to find this server, until it has understood.</summary>
internal sealed class TelegramWebhookWorker(
    TelegramBots bots,
    TelegramClient client,
    IOptions<TelegramOptions> options,
    IConfiguration configuration,
    TimeProvider clock,
    ILogger<TelegramWebhookWorker> log) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(10);

    /// <summary>Members' comings and goings are only told when asked for.</summary>
    private static readonly string[] UpdateTypes = ["message", "edited_message", "chat_member", "my_chat_member"];

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
            allowed_updates = UpdateTypes,
        };
        for (var pause = FirstPause; ; pause = pause * 2 < MaxPause ? pause * 2 : MaxPause)
        {
            var response = await client.CallAsync(bot, "setWebhook", arguments, isSafeToRetry: true, stoppingToken);
            if (response.Outcome is TelegramOutcome.Ok)
            {
                log.LogInformation("Telegram tells the bot {Bot} of {Application} its updates here", bot.Id, bot.ApplicationKey);
                return;
            }

            log.LogWarning("Telegram did not take the webhook of bot {Bot}: {Reason}", bot.Id, response.Description);
            await Task.Delay(response.RetryAfter ?? pause, clock, stoppingToken);
        }
    }
}
