using ChatPlatform.Application.Chats;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Telegram.Bot.Requests;
using Telegram.Bot.Types.Enums;

namespace ChatPlatform.Infrastructure.ChatConnectors.Telegram;

/// <summary>Registers the webhook of each bot at start, with retries until Telegram accepts it.</summary>
internal sealed class TelegramWebhookWorker(
    TelegramBots bots,
    TelegramApi api,
    IOptions<TelegramOptions> options,
    IConfiguration configuration,
    TimeProvider clock,
    ILogger<TelegramWebhookWorker> log) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMinutes(10);

    /// <summary>By default, Telegram does not send <c>chat_member</c>.</summary>
    private static readonly UpdateType[] UpdateTypes =
        [UpdateType.Message, UpdateType.EditedMessage, UpdateType.ChatMember, UpdateType.MyChatMember];

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
            // The server is stopping; the next start registers the webhooks again.
        }
    }

    private async Task SetAsync(TelegramBot bot, string address, CancellationToken stoppingToken)
    {
        var request = new SetWebhookRequest
        {
            Url = $"{address}/webhooks/telegram/{bot.WebhookSecret}",
            SecretToken = bot.WebhookSecret,
            AllowedUpdates = UpdateTypes,
        };
        for (var pause = FirstPause; ; pause = pause * 2 < MaxPause ? pause * 2 : MaxPause)
        {
            var response = await api.CallAsync(bot, request, isSafeToRetry: true, stoppingToken);
            if (response.Outcome is OperationResult.Done)
            {
                log.LogInformation("The webhook of bot {Bot} of application {Application} is registered", bot.Id, bot.ApplicationKey);
                return;
            }

            log.LogWarning("The webhook of bot {Bot} could not be registered: {Reason}", bot.Id, response.Description);
            await Task.Delay((response.Outcome as OperationResult.Later)?.RetryAfter ?? pause, clock, stoppingToken);
        }
    }
}
