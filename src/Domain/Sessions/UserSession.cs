using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Sessions;

/// <summary>One connection of a user's client, from its start until it is ended or falls silent.</summary>
public sealed class UserSession : Aggregate
{
    private UserSession() { }

    public long Id { get; private set; }

    public long UserId { get; private set; }

    public User User { get; private set; } = null!;

    public string? UserAgent { get; private set; }

    public DateTime CreatedTime { get; private set; }

    /// <summary>When the client was last heard of.</summary>
    public DateTime SeenTime { get; private set; }

    public DateTime? EndTime { get; private set; }

    public static UserSession Start(User user, string? userAgent, DateTime now) => new()
    {
        ApplicationId = user.ApplicationId,
        User = user,
        UserAgent = userAgent,
        CreatedTime = now,
        SeenTime = now,
    };

    public void End(DateTime now) => EndTime ??= now;
}

/// <summary>A user being inside a channel, on behalf of a <see cref="UserSession"/> and no longer than it.</summary>
public sealed class ChatSession : Aggregate
{
    private ChatSession() { }

    public long Id { get; private set; }

    public long UserSessionId { get; private set; }

    public UserSession UserSession { get; private set; } = null!;

    public long ChannelId { get; private set; }

    public long UserId { get; private set; }

    public DateTime CreatedTime { get; private set; }

    public DateTime? EndTime { get; private set; }

    public static ChatSession Start(UserSession session, long channelId, DateTime now) => new()
    {
        ApplicationId = session.ApplicationId,
        UserSession = session,
        UserId = session.User.Id,
        ChannelId = channelId,
        CreatedTime = now,
    };

    public void End(DateTime now) => EndTime ??= now;
}
