namespace ChatPlatform.Infrastructure.ChatConnectors.Telegram;

/// <summary>The Telegram service (configuration section <c>Telegram</c>).</summary>
public sealed class TelegramOptions
{
    /// <summary>The address of the Bot API, without a path.</summary>
    public string BaseUrl { get; set; } = "https://api.telegram.org";

    /// <summary>
    /// The bot of each application, by the application's key (that of the first application is its client id):
    /// <c>Telegram:Bots:{key}:Token</c>. Other applications cannot use the service. Applications do not share a bot; otherwise one could
    /// read the groups of another.
    /// </summary>
    public Dictionary<string, TelegramBotOptions> Bots { get; set; } = [];

    /// <summary>The limit for one attempt of a call; must be less than half a minute.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether to send a message again when its outcome is unknown: it may then arrive twice, otherwise not at all.</summary>
    public bool ResendInDoubt { get; set; }

    /// <summary>Whether to register the webhook at start; requires an https address in <c>PublicBaseUrl</c>.</summary>
    public bool SetWebhook { get; set; } = true;
}

public sealed class TelegramBotOptions
{
    /// <summary>From BotFather. Never logged or shown.</summary>
    public string Token { get; set; } = "";

    /// <summary>
    /// The last segment of the webhook's URL and the header X-Telegram-Bot-Api-Secret-Token: 1 to 256 of A-Z, a-z, 0-9, _ and -.
    /// Without a secret no update is received.
    /// </summary>
    public string WebhookSecret { get; set; } = "";
}
