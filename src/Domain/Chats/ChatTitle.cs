using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Chats;

/// <summary>Valid from <see cref="CapturedAt"/> until the next title.</summary>
public sealed class ChatTitle : ITenantOwned
{
    private ChatTitle() { }

    public long ApplicationId { get; private set; }

    public long Id { get; private set; }

    public Guid ChatId { get; private set; }

    public string Value { get; private set; } = null!;

    public DateTime CapturedAt { get; private set; }

    /// <summary>Orders titles of the same time.</summary>
    public long Sequence { get; private set; }

    internal static ChatTitle Capture(Chat chat, string value, ServiceTime at) => new()
    {
        ApplicationId = chat.ApplicationId,
        ChatId = chat.Id,
        Value = value,
        CapturedAt = at.At,
        Sequence = at.Sequence,
    };
}
