using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Messages;

/// <summary>Many messages of one user in one channel came in at once; counted together, not told one by one.</summary>
public sealed record MessagesImported(long Channel, long? User, MessageCountDelta Added) : DomainEvent
{
    public override string Type => "messages.imported";

    public override long? ChannelId => Channel;

    public override long? UserId => User;

    public override MessageCountDelta? Counts => Added;
}
