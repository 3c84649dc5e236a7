using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Domain.Channels;

public sealed record ChannelCreated(Channel Channel) : DomainEvent
{
    public override string Type => "channel.created";

    public override long? ChannelId => Channel.Id;
}

public sealed record ChannelUpdated(Channel Channel) : DomainEvent
{
    public override string Type => "channel.updated";

    public override long? ChannelId => Channel.Id;
}

public sealed record ChannelDeleted(Channel Channel) : DomainEvent
{
    public override string Type => "channel.deleted";

    public override long? ChannelId => Channel.Id;
}

public sealed record ThreadCreated(Channel Channel, ReplyThread Thread) : DomainEvent
{
    public override string Type => "thread.created";

    public override long? ChannelId => Channel.Id;

    public override object Payload => new { ThreadId = Thread.Id };
}

public sealed record MemberJoined(Channel Channel, User User) : DomainEvent
{
    public override string Type => "channel.member_joined";

    public override long? ChannelId => Channel.Id;

    public override long? UserId => User.Id;
}

public sealed record MemberLeft(Channel Channel, long MemberId) : DomainEvent
{
    public override string Type => "channel.member_left";

    public override long? ChannelId => Channel.Id;

    public override long? UserId => MemberId;
}

public sealed record ChannelMuted(Channel Channel, long MemberId, bool IsMuted) : DomainEvent
{
    public override string Type => IsMuted ? "channel.muted" : "channel.unmuted";

    public override long? ChannelId => Channel.Id;

    public override long? UserId => MemberId;
}

public sealed record ModeratorChanged(Channel Channel, long MemberId, bool IsModerator) : DomainEvent
{
    public override string Type => IsModerator ? "channel.moderator_added" : "channel.moderator_removed";

    public override long? ChannelId => Channel.Id;

    public override long? UserId => MemberId;
}

public sealed record BlacklistChanged(Channel Channel, long ListedId, bool IsListed) : DomainEvent
{
    public override string Type => IsListed ? "channel.blacklist_added" : "channel.blacklist_removed";

    public override long? ChannelId => Channel.Id;

    public override long? UserId => ListedId;
}

public sealed record InviteSent(Channel Channel, User User) : DomainEvent
{
    public override string Type => "channel.invite_sent";

    public override long? ChannelId => Channel.Id;

    public override long? UserId => User.Id;
}

public sealed record InviteEnded(Channel Channel, long InviteeId, InviteOutcome Outcome) : DomainEvent
{
    public override string Type => Outcome switch
    {
        InviteOutcome.Accepted => "channel.invite_accepted",
        InviteOutcome.Declined => "channel.invite_declined",
        _ => "channel.invite_revoked",
    };

    public override long? ChannelId => Channel.Id;

    public override long? UserId => InviteeId;
}

public sealed record ChannelWasRead(Channel Channel, long ReaderId) : DomainEvent
{
    public override string Type => "channel.read";

    public override long? ChannelId => Channel.Id;

    public override long? UserId => ReaderId;
}
