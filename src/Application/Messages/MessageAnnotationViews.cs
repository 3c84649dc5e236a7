using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Application.Messages;

/// <summary>A mention of a user or a channel; one of the two is set.</summary>
public sealed record MentionView(MentionType Type, string Tag, int Start, int End, UserView? User, MentionedChannelView? Channel);

public sealed record MentionedChannelView
{
    public long Id { get; init; }

    public ChannelType Type { get; init; }

    public string? Name { get; init; }

    public string? DisplayName { get; init; }

    public UserView? Creator { get; init; }

    /// <summary>A JSON object, as text.</summary>
    public string Properties { get; init; } = "{}";

    public DateTime CreatedTime { get; init; }
}

/// <summary>The reactions to a message with the same emoji.</summary>
/// <param name="Users">The first users, at most <see cref="MaxUsers"/>.</param>
/// <param name="Count">The number of all users.</param>
public sealed record ReactionView(Emoji Emoji, IReadOnlyList<UserView> Users, long Count)
{
    public const int MaxUsers = 50;
}
