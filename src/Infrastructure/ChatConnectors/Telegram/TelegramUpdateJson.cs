using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace ChatPlatform.Infrastructure.ChatConnectors.Telegram;

/// <summary>
/// Reads updates with the package's types, but only the members that are used. The package throws on kinds of content that it does not
/// know, and an update must not be lost because of a member that is not needed.
/// </summary>
internal static class TelegramUpdateJson
{
    private const int MaxDepth = 1_000;

    /// <summary>Contents of a message that are shown by their kind.</summary>
    public static readonly string[] MediaKinds =
    [
        "animation", "audio", "document", "photo", "sticker", "story", "video", "video_note", "voice", "contact", "dice", "game", "poll",
        "venue", "location", "paid_media", "checklist",
    ];

    private static readonly HashSet<string> Members =
    [
        "update_id", "message", "edited_message", "chat_member", "my_chat_member",
        "message_id", "date", "edit_date", "chat", "from", "sender_chat", "text", "caption", "reply_to_message",
        "new_chat_members", "left_chat_member", "new_chat_title", "migrate_to_chat_id", "migrate_from_chat_id",
        "old_chat_member", "new_chat_member", "user", "is_member",
        "id", "title", "username", "is_bot", "first_name", "last_name",
    ];

    private static readonly JsonSerializerOptions Options = CreateOptions();

    /// <returns>The update's id, a positive number; null if the text is not an update.</returns>
    public static long? ReadId(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty("update_id", out var property)
                && property.ValueKind is JsonValueKind.Number
                && property.TryGetInt64(out var id)
                && id > 0
                    ? id
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <returns>Null if the update cannot be read.</returns>
    public static Update? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<Update>(json, Options);
        }
        catch (Exception)
        {
            // Not only JsonException: the package's converters throw others.
            return null;
        }
    }

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions { MaxDepth = MaxDepth };
        JsonBotAPI.Configure(options);
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RemoveUnusedMembers } };
        options.Converters.Add(new ChatMemberConverter());
        return options;
    }

    private static void RemoveUnusedMembers(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            var name = type.Properties[i].Name;
            if (!Members.Contains(name) && !(type.Type == typeof(Message) && MediaKinds.Contains(name)))
            {
                type.Properties.RemoveAt(i);
            }
            else if (type.Properties[i].PropertyType == typeof(DateTime))
            {
                type.Properties[i].CustomConverter = new UnixSecondsConverter();
            }
            else if (type.Properties[i].PropertyType == typeof(DateTime?))
            {
                type.Properties[i].CustomConverter = new OptionalUnixSecondsConverter();
            }
        }
    }

    /// <summary>The package throws on times that .NET's calendar does not have; here they become its first or last second.</summary>
    private static DateTime ReadUnixSeconds(ref Utf8JsonReader reader)
    {
        var seconds = reader.TryGetInt64(out var whole) ? whole : reader.GetDouble();
        return DateTime.UnixEpoch.AddSeconds(Math.Clamp(seconds, 0, (DateTime.MaxValue - DateTime.UnixEpoch).TotalSeconds - 1));
    }

    private sealed class UnixSecondsConverter : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ReadUnixSeconds(ref reader);

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
            throw new NotSupportedException();
    }

    private sealed class OptionalUnixSecondsConverter : JsonConverter<DateTime?>
    {
        public override DateTime? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.Null ? null : ReadUnixSeconds(ref reader);

        public override void Write(Utf8JsonWriter writer, DateTime? value, JsonSerializerOptions options) =>
            throw new NotSupportedException();
    }

    /// <summary>Reads a member with an unknown status, on which the package throws, as one that has left.</summary>
    private sealed class ChatMemberConverter : JsonConverter<ChatMember>
    {
        public override ChatMember? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var member = JsonElement.ParseValue(ref reader);
            var type = member.TryGetProperty("status", out var status) ? status.GetString() switch
            {
                "creator" or "administrator" or "member" => typeof(ChatMemberMember),
                "restricted" => typeof(ChatMemberRestricted),
                _ => typeof(ChatMemberLeft),
            } : typeof(ChatMemberLeft);
            return (ChatMember?)member.Deserialize(type, options);
        }

        public override void Write(Utf8JsonWriter writer, ChatMember value, JsonSerializerOptions options) =>
            throw new NotSupportedException();
    }
}
