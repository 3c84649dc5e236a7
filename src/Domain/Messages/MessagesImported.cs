using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Messages;

/// <summary>Many imported messages of one user in one channel, counted by one event.</summary>
public sealed record MessagesImported(long Channel, long? User, MessageCountDelta Added) : DomainEvent
{
    public override string Type => "messages.imported";

    public override long? ChannelId => Channel;

    public override long? UserId => User;

    public override MessageCountDelta? Counts => Added;
}
