using System.Globalization;
using System.Text.Json;
using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.ChatConnectors.Telegram;

/// <summary>Makes out what an update of the Bot API tells of a group.</summary>
internal sealed class TelegramUpdateReader(TelegramBots bots, TimeProvider clock)
{
    private const string SecretHeader = "x-telegram-bot-api-secret-token";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Contents without words of their own, by Telegram's names.</summary>
    private static readonly string[] MediaKinds =
    [
        "animation", "audio", "document", "photo", "sticker", "story", "video", "video_note", "voice", "contact", "dice", "game", "poll",
        "venue", "location", "paid_media", "checklist",
    ];

    public async Task<Result<InboundUpdate?>> ReadAsync(WebhookRequest webhook, CancellationToken cancellationToken)
    {
        // The header is not sent where the webhook was set by hand without it; where it is, it must be right.
        if (bots.FindBySecret(webhook.Secret) is not { } bot
            || (webhook.Headers.TryGetValue(SecretHeader, out var header) && !TelegramBots.IsSame(bot.WebhookSecret, header))
            || await bots.FindApplicationAsync(bot, cancellationToken) is not { } application)
        {
            return WebhookErrors.Unknown;
        }

        TelegramUpdate? update;
        try
        {
            update = JsonSerializer.Deserialize<TelegramUpdate>(webhook.Body.Span, Json);
        }
        catch (JsonException)
        {
            return WebhookErrors.Malformed;
        }

        if (update is not { UpdateId: > 0 })
        {
            return WebhookErrors.Malformed;
        }

        var (chat, updates) = Read(update, bot);
        return chat is null || updates.Count == 0
            ? (InboundUpdate?)null
            : new InboundUpdate(application, Text(update.UpdateId), Text(chat.Id), updates);
    }

    private (TelegramChat? Chat, IReadOnlyList<ChatUpdate> Updates) Read(TelegramUpdate update, TelegramBot bot) => update switch
    {
        { Message: { Chat: not null } message } => (message.Chat, OfMessage(message, bot)),
        { EditedMessage: { Chat: not null } edited } => (edited.Chat, OfEdit(edited)),
        { ChatMember: { Chat: not null, From: not null, NewChatMember.User: not null } change } => (change.Chat, OfMember(change)),
        { MyChatMember: { Chat: not null, From: not null, NewChatMember.User: not null } change } =>
            (change.Chat, [.. OfMember(change), OfBot(change)]),
        _ => (null, []),
    };

    private IReadOnlyList<ChatUpdate> OfMessage(TelegramMessage message, TelegramBot bot)
    {
        var at = Time(message.Date);
        var writer = WriterOf(message);
        return message switch
        {
            { NewChatMembers: { Count: > 0 } members } =>
                [.. members.Select(member => new ChatUpdate.Joined(Of(member), member.Id == message.From?.Id ? null : writer, at))],
            { LeftChatMember: { } left } => [new ChatUpdate.Left(Of(left), at)],
            { MigrateToChatId: { } id } => [new ChatUpdate.Moved(Text(id), at)],

            // What the bot changed was changed here.
            { NewChatTitle: { } title } =>
                message.From?.Id == bot.Id || !StorableText.IsStorable(title) ? [] : [new ChatUpdate.Renamed(title, at)],
            _ when writer is not null && TextOf(message) is { } text =>
            [
                new ChatUpdate.MessageSent(
                    Text(message.MessageId), writer, text, message.ReplyToMessage is { } parent ? Text(parent.MessageId) : null, at),
            ],
            _ => [],
        };
    }

    private IReadOnlyList<ChatUpdate> OfEdit(TelegramMessage message) =>
        WriterOf(message) is { } writer && TextOf(message) is { } text
            ? [new ChatUpdate.MessageEdited(Text(message.MessageId), writer, text, Time(message.Date),
                Time(message.EditDate ?? message.Date))]
            : [];

    private IReadOnlyList<ChatUpdate> OfMember(TelegramMemberChange change)
    {
        var (user, at) = (change.NewChatMember.User, Time(change.Date));
        return (change.OldChatMember?.IsIn == true, change.NewChatMember.IsIn) switch
        {
            (false, true) => [new ChatUpdate.Joined(Of(user), change.From.Id == user.Id ? null : Of(change.From), at)],
            (true, false) => [new ChatUpdate.Left(Of(user), at)],
            _ => [],
        };
    }

    private ChatUpdate OfBot(TelegramMemberChange change) => change.NewChatMember.IsIn
        ? new ChatUpdate.AccessRestored(Time(change.Date))
        : new ChatUpdate.AccessLost("The bot is not in the group any more.", Time(change.Date));

    private static string? TextOf(TelegramMessage message)
    {
        var text = message.Text ?? message.Caption;
        if (!string.IsNullOrWhiteSpace(text))
        {
            return StorableText.IsStorable(text) ? text[..Math.Min(text.Length, TextLimits.Body)] : null;
        }

        return MediaKinds.FirstOrDefault(kind => message.Others?.ContainsKey(kind) == true) is { } kind ? $"[{kind}]" : null;
    }

    /// <summary>A group or channel may speak in its own name.</summary>
    private static ExternalUser? WriterOf(TelegramMessage message) => message.SenderChat is { } chat
        ? new ExternalUser(Text(chat.Id), chat.Title, null, chat.Username, IsBot: false)
        : message.From is { } user ? Of(user) : null;

    private static ExternalUser Of(TelegramUser user) =>
        new(Text(user.Id), Name(user.FirstName), Name(user.LastName), Name(user.Username), user.IsBot);

    private static string? Name(string? name) => name is null || !StorableText.IsStorable(name) || string.IsNullOrWhiteSpace(name)
        ? null
        : name[..Math.Min(name.Length, TextLimits.DisplayName)];

    private DateTime Time(long unixSeconds) => ExternalTime.FromUnixSeconds(unixSeconds, clock.UtcNow());

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
