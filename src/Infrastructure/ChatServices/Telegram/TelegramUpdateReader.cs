using System.Globalization;
using System.Text.Json;
using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.ChatServices.Telegram;

/// <summary>Makes out what an update of the Bot API tells of a group.</summary>
internal sealed class TelegramUpdateReader(TelegramBots bots)
{
    private const string SecretHeader = "x-telegram-bot-api-secret-token";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Contents without words of their own, by Telegram's names.</summary>
    private static readonly string[] Wordless =
    [
        "animation", "audio", "document", "photo", "sticker", "story", "video", "video_note", "voice", "contact", "dice", "game", "poll",
        "venue", "location", "paid_media", "checklist",
    ];

    public async Task<Result<ServiceNews?>> ReadAsync(WebhookCall call, CancellationToken cancellationToken)
    {
        // The header is not sent where the webhook was set by hand without it; where it is, it must be right.
        if (bots.FindBySecret(call.Secret) is not { } bot
            || (call.Headers.TryGetValue(SecretHeader, out var shown) && !TelegramBots.IsSame(bot.WebhookSecret, shown))
            || await bots.FindApplicationAsync(bot, cancellationToken) is not { } application)
        {
            return WebhookErrors.Unknown;
        }

        TelegramUpdate? update;
        try
        {
            update = JsonSerializer.Deserialize<TelegramUpdate>(call.Body.Span, Json);
        }
        catch (JsonException)
        {
            return WebhookErrors.Malformed;
        }

        if (update is not { UpdateId: > 0 })
        {
            return WebhookErrors.Malformed;
        }

        var (chat, news) = Read(update, bot);
        return chat is null || news.Count == 0
            ? (ServiceNews?)null
            : new ServiceNews(application, Text(update.UpdateId), Text(chat.Id), news);
    }

    private static (TelegramChat? Chat, IReadOnlyList<ChatNews> News) Read(TelegramUpdate update, TelegramBot bot) => update switch
    {
        { Message: { Chat: not null } message } => (message.Chat, OfMessage(message, bot)),
        { EditedMessage: { Chat: not null } edited } => (edited.Chat, OfEdit(edited)),
        { ChatMember: { Chat: not null, From: not null, NewChatMember.User: not null } change } => (change.Chat, OfMember(change)),
        { MyChatMember: { Chat: not null, From: not null, NewChatMember.User: not null } change } =>
            (change.Chat, [.. OfMember(change), OfBot(change)]),
        _ => (null, []),
    };

    private static IReadOnlyList<ChatNews> OfMessage(TelegramMessage message, TelegramBot bot)
    {
        var at = Time(message.Date);
        var writer = WriterOf(message);
        return message switch
        {
            { NewChatMembers: { Count: > 0 } members } =>
                [.. members.Select(member => new ChatNews.Joined(Of(member), member.Id == message.From?.Id ? null : writer, at))],
            { LeftChatMember: { } left } => [new ChatNews.Left(Of(left), at)],
            { MigrateToChatId: { } id } => [new ChatNews.Moved(Text(id), at)],

            // What the bot changed was changed here.
            { NewChatTitle: { } title } =>
                message.From?.Id == bot.Id || !StorableText.IsStorable(title) ? [] : [new ChatNews.Retitled(title, at)],
            _ when writer is not null && WordsOf(message) is { } text =>
            [
                new ChatNews.Said(
                    Text(message.MessageId), writer, text, message.ReplyToMessage is { } answered ? Text(answered.MessageId) : null, at),
            ],
            _ => [],
        };
    }

    private static IReadOnlyList<ChatNews> OfEdit(TelegramMessage message) =>
        WriterOf(message) is { } writer && WordsOf(message) is { } text
            ? [new ChatNews.Edited(Text(message.MessageId), writer, text, Time(message.Date), Time(message.EditDate ?? message.Date))]
            : [];

    private static IReadOnlyList<ChatNews> OfMember(TelegramMemberChange change)
    {
        var (who, at) = (change.NewChatMember.User, Time(change.Date));
        return (change.OldChatMember?.IsIn == true, change.NewChatMember.IsIn) switch
        {
            (false, true) => [new ChatNews.Joined(Of(who), change.From.Id == who.Id ? null : Of(change.From), at)],
            (true, false) => [new ChatNews.Left(Of(who), at)],
            _ => [],
        };
    }

    private static ChatNews OfBot(TelegramMemberChange change) => change.NewChatMember.IsIn
        ? new ChatNews.Found(Time(change.Date))
        : new ChatNews.Lost("The bot is not in the group any more.", Time(change.Date));

    private static string? WordsOf(TelegramMessage message)
    {
        var words = message.Text ?? message.Caption;
        if (!string.IsNullOrWhiteSpace(words))
        {
            return StorableText.IsStorable(words) ? words[..Math.Min(words.Length, TextLimits.Body)] : null;
        }

        return Wordless.FirstOrDefault(kind => message.Others?.ContainsKey(kind) == true) is { } kind ? $"[{kind}]" : null;
    }

    /// <summary>A group or channel may speak in its own name.</summary>
    private static Person? WriterOf(TelegramMessage message) => message.SenderChat is { } chat
        ? new Person(Text(chat.Id), chat.Title, null, chat.Username, IsBot: false)
        : message.From is { } user ? Of(user) : null;

    private static Person Of(TelegramUser user) =>
        new(Text(user.Id), Name(user.FirstName), Name(user.LastName), Name(user.Username), user.IsBot);

    private static string? Name(string? name) => name is null || !StorableText.IsStorable(name) || string.IsNullOrWhiteSpace(name)
        ? null
        : name[..Math.Min(name.Length, TextLimits.DisplayName)];

    private static DateTime Time(long unixSeconds) => DateTimeOffset.FromUnixTimeSeconds(unixSeconds).UtcDateTime;

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
