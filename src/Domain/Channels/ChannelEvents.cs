using ChatPlatform.Domain.Common;
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
