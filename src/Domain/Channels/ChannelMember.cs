using ChatPlatform.Domain.Common;
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

    /// <summary>The snapshot in which the user joined, set by the database: messages that it shows were there before.</summary>
    public string JoinedSnapshot { get; private set; } = null!;

    /// <summary>The snapshot of the last time the member read the channel; null before the first.</summary>
    public string? ReadSnapshot { get; private set; }

    /// <param name="snapshot">The messages that it shows are read.</param>
    /// <returns>What was read by this call.</returns>
    public ReadMark Read(string snapshot, DateTime now)
    {
        var mark = ReadMark.Create(this, snapshot, now);
        ReadSnapshot = snapshot;
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
