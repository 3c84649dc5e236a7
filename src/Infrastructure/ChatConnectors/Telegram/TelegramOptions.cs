namespace ChatPlatform.Infrastructure.ChatConnectors.Telegram;

/// <summary>The Telegram service (configuration section <c>Telegram</c>).</summary>
public sealed class TelegramOptions
{
    /// <summary>Where the Bot API is, without a trailing slash.</summary>
    public string BaseUrl { get; set; } = "https://api.telegram.org";

    /// <summary>
    /// The bot of each application, by the application's key (that of the first application is its client id):
    /// <c>Telegram:Bots:{key}:Token</c>. An application without one has no such service. Bots are not shared, or one application could
    /// listen to the groups of another.
    /// </summary>
    public Dictionary<string, TelegramBotOptions> Bots { get; set; } = [];

    /// <summary>How long one try of a call may take; less than half a minute.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether a message is sent again when nobody knows whether it arrived: it may then be there twice, else not at all.
    /// </summary>
    public bool ResendInDoubt { get; set; }

    /// <summary>
    /// Whether the server tells Telegram at its start where to find it, which takes an https address in <c>PublicBaseUrl</c>.
    /// </summary>
    public bool SetWebhook { get; set; } = true;
}

public sealed class TelegramBotOptions
{
    /// <summary>As given by BotFather. Never logged or shown.</summary>
    public string Token { get; set; } = "";

    /// <summary>
    /// The last part of the address that Telegram calls, 1 to 256 of A-Z, a-z, 0-9, _ and -; also what it sends in the header
    /// X-Telegram-Bot-Api-Secret-Token. Without one nothing is taken in.
    /// </summary>
    public string WebhookSecret { get; set; } = "";
}
