using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Domain.Chats;

/// <summary>History of a deleted chat message; written by the statement that deletes it.</summary>
public sealed class DeletedMessage : ITenantOwned
{
    private DeletedMessage() { }

    public long ApplicationId { get; private set; }

    public long Id { get; private set; }

    public Guid ChatId { get; private set; }

    public long? UserId { get; private set; }

    public DateTime CreatedTime { get; private set; }

    /// <summary>That of the message.</summary>
    public ulong Arrival { get; private set; }

    public DateTime DeletedTime { get; private set; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ContentVersion> Content { get; private set; } = [];
}

/// <param name="Value">The text, or the URL of a file.</param>
public sealed record ContentVersion(string Value, string ContentType, DateTime CapturedAt)
{
    public static ContentVersion Of(Message message) => message.File is { } file
        ? new ContentVersion(file.Url, file.ContentType, message.CreatedTime)
        : new ContentVersion(message.Body ?? "", "text/plain", message.CreatedTime);
}
