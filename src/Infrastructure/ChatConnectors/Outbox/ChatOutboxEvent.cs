using System.Text.Json;
using Npgsql;

namespace ChatPlatform.Infrastructure.ChatConnectors.Outbox;

/// <summary>An event about a chat of an external service, with the data to send.</summary>
/// <param name="Writer">The display name of the message's writer; null for the application.</param>
/// <param name="LeftUser">The name of the user who left.</param>
internal sealed record ChatOutboxEvent(
    long ApplicationId,
    Guid ChatId,
    string Service,
    string Type,
    long? MessageId,
    long? ParentId,
    JsonElement Payload,
    string? Body,
    string? Writer,
    string? LeftUser,
    string? FileName,
    string? FileUrl)
{
    public static ChatOutboxEvent Read(NpgsqlDataReader reader)
    {
        return new ChatOutboxEvent(
            reader.GetInt64(0),
            reader.GetGuid(1),
            reader.GetString(2),
            reader.GetString(3),
            reader.IsDBNull(4) ? null : reader.GetInt64(4),
            reader.IsDBNull(5) ? null : reader.GetInt64(5),
            JsonSerializer.Deserialize<JsonElement>(Text(6) ?? "{}"),
            Text(7),
            Text(8),
            Text(9),
            Text(10),
            Text(11));

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }
}
