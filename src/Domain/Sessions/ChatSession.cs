using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Sessions;

/// <summary>A user's presence in a channel; ends no later than its <see cref="UserSession"/>.</summary>
public sealed class ChatSession : AggregateRoot
{
    private ChatSession() { }

    public long Id { get; private set; }

    public long UserSessionId { get; private set; }

    public UserSession UserSession { get; private set; } = null!;

    public long ChannelId { get; private set; }

    public long UserId { get; private set; }

    public DateTime CreatedTime { get; private set; }

    public DateTime? EndTime { get; private set; }

    public static Result<ChatSession> Start(UserSession session, Channel channel, bool isMember, DateTime now)
    {
        if (session.EndTime is not null)
        {
            return SessionErrors.Ended;
        }

        return isMember ? Record(session, channel.Id, now) : SessionErrors.NotAMember;
    }

    /// <summary>Without checks, for a session that is known to have existed.</summary>
    public static ChatSession Record(UserSession session, long channelId, DateTime now)
    {
        var chat = new ChatSession
        {
            ApplicationId = session.ApplicationId,
            UserSession = session,
            UserId = session.UserId == 0 ? session.User.Id : session.UserId,
            ChannelId = channelId,
            CreatedTime = now,
        };
        chat.Raise(new ChatSessionStarted(chat));
        return chat;
    }

    public void End(DateTime now)
    {
        if (EndTime is null)
        {
            EndTime = now;
            Raise(new ChatSessionEnded(this));
        }
    }
}
