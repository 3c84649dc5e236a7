using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Channels;

/// <summary>How an invite ended. Only open invites have a row.</summary>
public enum InviteOutcome
{
    Accepted = 0,
    Declined = 1,
    Revoked = 2,
}

/// <summary>An open invite; at most one per channel and user.</summary>
public sealed class ChannelInvite : ITenantOwned
{
    private ChannelInvite() { }

    public long ApplicationId { get; private set; }

    public long ChannelId { get; private set; }

    public long UserId { get; private set; }

    public DateTime CreatedTime { get; private set; }

    internal static ChannelInvite Create(Channel channel, User user, DateTime now) => new()
    {
        ApplicationId = channel.ApplicationId,
        ChannelId = channel.Id,
        UserId = user.Id,
        CreatedTime = now,
    };
}
