using System.Text.Json.Serialization;

namespace ChatPlatform.Infrastructure.ChatConnectors.Telegram;

// The parts of the Bot API's objects that matter here, in its own words; https://core.telegram.org/bots/api#update.
internal sealed record TelegramUpdate(
    long UpdateId,
    TelegramMessage? Message,
    TelegramMessage? EditedMessage,
    TelegramMemberChange? ChatMember,
    TelegramMemberChange? MyChatMember);

/// <param name="Date">Unix seconds.</param>
internal sealed record TelegramMessage(
    long MessageId,
    long Date,
    long? EditDate,
    TelegramChat Chat,
    TelegramUser? From,
    TelegramChat? SenderChat,
    string? Text,
    string? Caption,
    TelegramMessage? ReplyToMessage,
    IReadOnlyList<TelegramUser>? NewChatMembers,
    TelegramUser? LeftChatMember,
    string? NewChatTitle,
    long? MigrateToChatId)
{
    /// <summary>What else it holds: the name of the first kind of content that Telegram knows.</summary>
    [JsonExtensionData]
    public Dictionary<string, System.Text.Json.JsonElement>? Others { get; init; }
}

internal sealed record TelegramChat(long Id, string? Title, string? Username);

internal sealed record TelegramUser(long Id, bool IsBot, string? FirstName, string? LastName, string? Username);

internal sealed record TelegramMemberChange(
    TelegramChat Chat, TelegramUser From, long Date, TelegramMember OldChatMember, TelegramMember NewChatMember);

/// <param name="Status">creator, administrator, member, restricted, left or kicked.</param>
/// <param name="IsMember">Of somebody restricted: whether they are in the group.</param>
internal sealed record TelegramMember(string Status, TelegramUser User, bool? IsMember)
{
    public bool IsIn => Status is "creator" or "administrator" or "member" || (Status is "restricted" && IsMember == true);
}
