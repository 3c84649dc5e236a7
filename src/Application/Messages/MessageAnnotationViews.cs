using ChatPlatform.Application.Users;
using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Application.Messages;

/// <summary>That a message names a user or a channel; one of the two is set.</summary>
public sealed record MentionView(MentionType Type, string Tag, int Start, int End, UserView? User, MentionedChannelView? Channel);

/// <summary>A channel as it is shown inside of a message that names it.</summary>
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

/// <summary>Everybody who reacted to a message with the same emoji.</summary>
/// <param name="Users">The first of them, at most <see cref="MaxUsers"/>.</param>
/// <param name="Count">All of them.</param>
public sealed record ReactionView(Emoji Emoji, IReadOnlyList<UserView> Users, long Count)
{
    public const int MaxUsers = 50;
}
