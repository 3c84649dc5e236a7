using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Channels;

public sealed class ChannelMember : ITenantOwned
{
    private ChannelMember() { }

    public long ApplicationId { get; private set; }

    public long ChannelId { get; private set; }

    public Channel Channel { get; private set; } = null!;

    public long UserId { get; private set; }

    public User User { get; private set; } = null!;

    public DateTime CreatedTime { get; private set; }

    public bool IsModerator { get; private set; }

    public bool IsMuted { get; private set; }

    /// <summary>Time and id of the newest message read; null before the first read.</summary>
    public DateTime? ReadUpToTime { get; private set; }

    public long? ReadUpToId { get; private set; }

    /// <returns>The range read by this call; null if the message was read already.</returns>
    public ReadMark? Read(Message newest, DateTime now)
    {
        if ((newest.CreatedTime, newest.Id).CompareTo((ReadUpToTime ?? DateTime.MinValue, ReadUpToId ?? 0)) <= 0)
        {
            return null;
        }

        var mark = ReadMark.Create(this, newest, now);
        ReadUpToTime = newest.CreatedTime;
        ReadUpToId = newest.Id;
        return mark;
    }

    internal void SetModerator(bool isModerator) => IsModerator = isModerator;

    internal void Mute(bool isMuted) => IsMuted = isMuted;

    internal static ChannelMember Create(Channel channel, User user, DateTime now) => new()
    {
        ApplicationId = channel.ApplicationId,
        ChannelId = channel.Id,
        Channel = channel,
        UserId = user.Id,
        User = user,
        CreatedTime = now,
    };
}

/// <summary>A user whose messages a channel receives and does not broadcast.</summary>
public sealed class BlacklistEntry : ITenantOwned
{
    private BlacklistEntry() { }

    public long ApplicationId { get; private set; }

    public long ChannelId { get; private set; }

    public long UserId { get; private set; }

    public DateTime CreatedTime { get; private set; }

    public static BlacklistEntry Create(Channel channel, User user, DateTime now) => new()
    {
        ApplicationId = channel.ApplicationId,
        ChannelId = channel.Id,
        UserId = user.Id,
        CreatedTime = now,
    };
}
