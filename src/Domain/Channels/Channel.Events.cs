using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Channels;

/// <content>Threads beside the main one, and what passes through the channel without being a message.</content>
public sealed partial class Channel
{
    /// <summary>Opens a STANDALONE thread.</summary>
    /// <param name="properties">A JSON object; null for none.</param>
    public ReplyThread CreateThread(string name, string? properties, DateTime now)
    {
        var thread = ReplyThread.Standalone(this, name, properties, now);
        Raise(new ThreadCreated(this, thread));
        return thread;
    }

    /// <summary>Tells those inside something of the application's own. In an inactive channel nobody hears it.</summary>
    /// <param name="properties">A JSON object.</param>
    public void SendEvent(string name, string properties, DateTime now)
    {
        if (Active)
        {
            Raise(new ChannelEventSent(this, null, name, properties, now));
        }
    }

    /// <summary>
    /// As <see cref="SendEvent(string, string, DateTime)"/>, by somebody who is inside, unless messages of them are not passed on either.
    /// </summary>
    public void SendEvent(User user, string name, string properties, bool isBlacklisted, DateTime now)
    {
        if (Broadcasts(isBlacklisted))
        {
            Raise(new ChannelEventSent(this, user, name, properties, now));
        }
    }

    /// <summary>Shows those inside what a member is typing, unless messages of the member are not passed on either.</summary>
    /// <param name="threadId">Where they type; of a message whose reply it will be.</param>
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
