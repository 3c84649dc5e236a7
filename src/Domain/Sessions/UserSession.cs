using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Sessions;

/// <summary>One connection of a user's client, until it is ended or expires.</summary>
public sealed class UserSession : AggregateRoot
{
    public const int MaxUserAgent = 512;

    private UserSession() { }

    public long Id { get; private set; }

    public long UserId { get; private set; }

    public User User { get; private set; } = null!;

    public string? UserAgent { get; private set; }

    public DateTime CreatedTime { get; private set; }

    /// <summary>Time of the last heartbeat.</summary>
    public DateTime SeenTime { get; private set; }

    public DateTime? EndTime { get; private set; }

    public static UserSession Start(User user, string? userAgent, DateTime now)
    {
        var session = new UserSession
        {
            ApplicationId = user.ApplicationId,
            User = user,
            UserAgent = userAgent,
            CreatedTime = now,
            SeenTime = now,
        };
        session.Raise(new UserSessionStarted(session));
        return session;
    }

    public Result<Done> Touch(DateTime now)
    {
        if (EndTime is not null)
        {
            return SessionErrors.Ended;
        }

        SeenTime = now;
        return Done.Success;
    }

    /// <summary>The caller must end its chat sessions too.</summary>
    public void End(DateTime now)
    {
        if (EndTime is null)
        {
            EndTime = now;
            Raise(new UserSessionEnded(this));
        }
    }
}
