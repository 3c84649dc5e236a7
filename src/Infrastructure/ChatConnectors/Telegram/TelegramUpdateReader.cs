using System.Globalization;
using System.Text.Json;
using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Common;
using Microsoft.Extensions.Logging;
using Telegram.Bot.Types;

namespace ChatPlatform.Infrastructure.ChatConnectors.Telegram;

internal sealed class TelegramUpdateReader(TelegramBots bots, TimeProvider clock, ILogger log)
{
    private const string SecretHeader = "x-telegram-bot-api-secret-token";

    public async Task<Result<InboundUpdate?>> ReadAsync(WebhookRequest webhook, CancellationToken cancellationToken)
    {
        // A webhook that was registered by hand may come without the header; a wrong header is refused.
        if (bots.FindBySecret(webhook.Secret) is not { } bot
            || (webhook.Headers.TryGetValue(SecretHeader, out var header) && !TelegramBots.IsSame(bot.WebhookSecret, header))
            || await bots.FindApplicationAsync(bot, cancellationToken) is not { } application)
        {
            return WebhookErrors.Unknown;
        }

        if (TelegramUpdateJson.ReadId(webhook.Body) is not { } id)
        {
            return WebhookErrors.Malformed;
        }

        if (TelegramUpdateJson.Read(webhook.Body.Span) is not { } update)
        {
            // Telegram would repeat an update that is refused, and it would never be readable.
            log.LogWarning("The update {Update} of bot {Bot} could not be read and was ignored", id, bot.Id);
            return (InboundUpdate?)null;
        }

        var (chat, updates) = Read(update, bot);
        return chat is null || updates.Count == 0
            ? (InboundUpdate?)null
            : new InboundUpdate(application, Text(id), Text(chat.Value), [.. updates.Select(read => read with { Sequence = id })]);
    }

    private (long? Chat, IReadOnlyList<ChatUpdate> Updates) Read(Update update, TelegramBot bot) => update switch
    {
        // The same move, told in the group that ends and in the supergroup that begins.
        { Message: { Chat: not null, MigrateToChatId: { } to } message } =>
            (message.Chat.Id, [new ChatUpdate.Moved(Text(to), Time(message.Date))]),
        { Message: { Chat: not null, MigrateFromChatId: { } from } message } =>
            (from, [new ChatUpdate.Moved(Text(message.Chat.Id), Time(message.Date))]),
        { Message: { Chat: not null } message } => (message.Chat.Id, OfMessage(message, bot)),
        { EditedMessage: { Chat: not null } edited } => (edited.Chat.Id, OfEdit(edited)),
        { ChatMember: { Chat: not null, From: not null, NewChatMember.User: not null } change } => (change.Chat.Id, OfMember(change)),
        { MyChatMember: { Chat: not null, From: not null, NewChatMember.User: not null } change } =>
            (change.Chat.Id, [.. OfMember(change), OfBot(change)]),
        _ => (null, []),
    };

    private IReadOnlyList<ChatUpdate> OfMessage(Message message, TelegramBot bot)
    {
        var at = Time(message.Date);
        var sender = SenderOf(message);
        return message switch
        {
            { NewChatMembers: { Length: > 0 } members } =>
            [
                .. members.OfType<User>().Select(
                    member => new ChatUpdate.Joined(Of(member), member.Id == message.From?.Id ? null : sender, at)),
            ],
            { LeftChatMember: { } left } => [new ChatUpdate.Left(Of(left), at)],

            // A change by the bot was made here.
            { NewChatTitle: { } title } =>
                message.From?.Id == bot.Id || !StorableText.IsStorable(title) ? [] : [new ChatUpdate.Renamed(StorableText.Truncate(title, Domain.Chats.Chat.MaxTitle), at)],
            _ when sender is not null && TextOf(message) is { } text =>
            [
                new ChatUpdate.MessageSent(
                    Text(message.Id), sender, text, message.ReplyToMessage is { } parent ? Text(parent.Id) : null, at),
            ],
            _ => [],
        };
    }

    private IReadOnlyList<ChatUpdate> OfEdit(Message message) =>
        SenderOf(message) is { } sender && TextOf(message) is { } text
            ? [new ChatUpdate.MessageEdited(Text(message.Id), sender, text, Time(message.Date),
                Time(message.EditDate ?? message.Date))]
            : [];

    private IReadOnlyList<ChatUpdate> OfMember(ChatMemberUpdated change)
    {
        var (user, at) = (change.NewChatMember.User, Time(change.Date));
        return (change.OldChatMember?.IsInChat == true, change.NewChatMember.IsInChat) switch
        {
            (false, true) => [new ChatUpdate.Joined(Of(user), change.From.Id == user.Id ? null : Of(change.From), at)],
            (true, false) => [new ChatUpdate.Left(Of(user), at)],
            (false, false) => [new ChatUpdate.Absent(Of(user), at)],
            _ => [],
        };
    }

    private ChatUpdate OfBot(ChatMemberUpdated change) => change.NewChatMember.IsInChat
        ? new ChatUpdate.AccessRestored(Time(change.Date))
        : new ChatUpdate.AccessLost("The bot is not in the group any more.", Time(change.Date));

    private static string? TextOf(Message message)
    {
        var text = message.Text ?? message.Caption;
        if (!string.IsNullOrWhiteSpace(text))
        {
            return StorableText.IsStorable(text) ? StorableText.Truncate(text, TextLimits.Body) : null;
        }

        var kind = JsonNamingPolicy.SnakeCaseLower.ConvertName(message.Type.ToString());
        return TelegramUpdateJson.MediaKinds.Contains(kind) ? $"[{kind}]" : null;
    }

    /// <summary>A group or channel can also be the sender.</summary>
    private static ExternalUser? SenderOf(Message message) => message.SenderChat is { } chat
        ? new ExternalUser(Text(chat.Id), Name(chat.Title), null, Name(chat.Username), IsBot: true)
        : message.From is { } user ? Of(user) : null;

    private static ExternalUser Of(User user) =>
        new(Text(user.Id), Name(user.FirstName), Name(user.LastName), Name(user.Username), user.IsBot);

    private static string? Name(string? name) => name is null || !StorableText.IsStorable(name) || string.IsNullOrWhiteSpace(name)
        ? null
        : StorableText.Truncate(name, TextLimits.DisplayName);

    private DateTime Time(DateTime date) =>
        ExternalTime.FromUnixSeconds((long)(date - DateTime.UnixEpoch).TotalSeconds, clock.UtcNow());

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
