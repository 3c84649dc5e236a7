using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Channels;

public sealed partial class Channel
{
    /// <summary>Sends a custom event to users with a chat session in the channel. An inactive channel sends none.</summary>
    public void SendEvent(string name, string properties, DateTime now)
    {
        if (Active)
        {
            Raise(new ChannelEventSent(this, null, name, properties, now));
        }
    }

    /// <summary>Sends a custom event as a user. Events of a blacklisted user are not broadcast.</summary>
    public void SendEvent(User user, string name, string properties, bool isBlacklisted, DateTime now)
    {
        if (Broadcasts(isBlacklisted))
        {
            Raise(new ChannelEventSent(this, user, name, properties, now));
        }
    }

    /// <summary>Shows what a member is typing. Not broadcast in an inactive channel or for a blacklisted user.</summary>
    /// <param name="threadId">The thread typed in; for a reply, the id of the message replied to.</param>
    public Result<Done> SendKeystrokes(User user, long threadId, string keys, bool isMember, bool isBlacklisted, DateTime now)
    {
        if (!isMember)
        {
            return ChannelErrors.NotAMember;
        }

        if (Broadcasts(isBlacklisted))
        {
            Raise(new KeystrokesSent(this, user, threadId, keys, now));
        }

        return Done.Success;
    }
}
