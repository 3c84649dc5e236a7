using ChatPlatform.Domain.Chats;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Chats;

public sealed record ChatMessageView : IChronological
{
    public long Id { get; init; }

    public DateTime CreatedTime { get; init; }

    /// <summary>The participant; null for the application itself.</summary>
    public Guid? WrittenBy { get; init; }

    public bool IsDeleted { get; init; }

    public bool IsPinned { get; init; }

    /// <summary>Oldest first; never empty.</summary>
    public IReadOnlyList<ContentVersion> Content { get; init; } = [];
}
