using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Application.Messages;

/// <summary>A MAIN or STANDALONE thread of a channel, or the replies to a message.</summary>
public sealed record ThreadView
{
    public long Id { get; init; }

    public ThreadType Type { get; init; }

    public long ChannelId { get; init; }

    public string? Name { get; init; }

    /// <summary>A JSON object, as text.</summary>
    public string Properties { get; init; } = "{}";

    public DateTime CreatedTime { get; init; }

    internal static ThreadView Of(ReplyThread thread) => new()
    {
        Id = thread.Id,
        Type = thread.Type,
        ChannelId = thread.ChannelId,
        Name = thread.Name,
        Properties = thread.Properties,
        CreatedTime = thread.CreatedTime,
    };

    /// <summary>The thread of the replies to a message has no row of its own.</summary>
    internal static ThreadView OfReplies(Message message) => new()
    {
        Id = message.Id,
        Type = ThreadType.Message,
        ChannelId = message.ChannelId,
        CreatedTime = message.CreatedTime,
    };
}
