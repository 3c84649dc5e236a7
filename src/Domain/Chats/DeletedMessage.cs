using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Domain.Chats;

/// <summary>
/// What stays of a chat's message once it was deleted from the channel: a chat keeps the history of what was said. Written by the
/// statement that deletes.
/// </summary>
public sealed class DeletedMessage : ITenantOwned
{
    private DeletedMessage() { }

    public long ApplicationId { get; private set; }

    /// <summary>The id that the message had.</summary>
    public long Id { get; private set; }

    public Guid ChatId { get; private set; }

    public long? UserId { get; private set; }

    public DateTime CreatedTime { get; private set; }

    public DateTime DeletedTime { get; private set; }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ContentVersion> Content { get; private set; } = [];
}

/// <summary>One version of what a message said.</summary>
/// <param name="Value">The text, or where a file lies.</param>
public sealed record ContentVersion(string Value, string ContentType, DateTime CapturedAt)
{
    public static ContentVersion Of(Message message) => message.File is { } file
        ? new ContentVersion(file.Url, file.ContentType, message.CreatedTime)
        : new ContentVersion(message.Body ?? "", "text/plain", message.CreatedTime);
}
