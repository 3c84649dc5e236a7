using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatPlatform.Application.Chats;
using ChatPlatform.Domain.Chats;

namespace ChatPlatform.WebApi.Dialects.Chats;

/// <param name="Id">Digits: the message's id in the other dialects.</param>
/// <param name="WrittenBy">The id of a participant; absent for the application itself.</param>
/// <param name="Content">All versions, oldest first.</param>
public sealed record MessageRecord(
    string Id, Guid? WrittenBy, Instant WrittenAt, bool Deleted, bool? Pinned, IReadOnlyList<ContentRecord> Content)
{
    public static MessageRecord From(ChatMessageView message) => new(
        message.Id.ToString(CultureInfo.InvariantCulture),
        message.WrittenBy,
        new Instant(message.CreatedTime),
        message.IsDeleted,
        message.IsPinned ? true : null,
        [.. message.Content.Select(ContentRecord.From)]);
}

/// <param name="Hash">SHA-256 of the value in UTF-8, in hex.</param>
public sealed record ContentRecord(string Value, string ContentType, Instant CapturedAt, string Hash)
{
    public static ContentRecord From(ContentVersion version) => new(
        version.Value,
        version.ContentType,
        new Instant(version.CapturedAt),
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version.Value))));
}

public sealed record MessageIdRecord(string Id);
