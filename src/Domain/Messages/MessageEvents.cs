using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Messages;

public sealed record MessageSent(Message Message) : DomainEvent
{
    public override string Type => "message.sent";

    public override long? ChannelId => Message.ChannelId;

    public override long? UserId => Message.UserId;

    public override long? MessageId => Message.Id;

    public override MessageCountDelta? Counts =>
        Message.UserId is null ? null : new(Message.CreatedTime, 1, Message.Broadcast ? 1 : 0);
}

/// <param name="Origin">The service the change came from; null for changes made here.</param>
public sealed record MessageEdited(Message Message, string? Origin) : DomainEvent
{
    public override string Type => "message.edited";

    public override long? ChannelId => Message.ChannelId;

    public override long? UserId => Message.UserId;

    public override long? MessageId => Message.Id;

    public override object? Payload => Origin is null ? null : new { Origin };
}

/// <summary>A change of anything but the text.</summary>
public sealed record MessageUpdated(Message Message) : DomainEvent
{
    public override string Type => "message.updated";

    public override long? ChannelId => Message.ChannelId;

    public override long? UserId => Message.UserId;

    public override long? MessageId => Message.Id;
}

public sealed record ReactionChanged(Message Message, long ReactorId, string Alias, bool IsAdded) : DomainEvent
{
    public override string Type => IsAdded ? "message.reaction_added" : "message.reaction_removed";

    public override long? ChannelId => Message.ChannelId;

    public override long? UserId => ReactorId;

    public override long? MessageId => Message.Id;

    public override object Payload => new { Alias };
}

public sealed record MessageWasRead(Message Message, long ReaderId) : DomainEvent
{
    public override string Type => "message.read";

    public override long? ChannelId => Message.ChannelId;

    public override long? UserId => ReaderId;

    public override long? MessageId => Message.Id;
}

public sealed record MessageReported(Message Message, long ReporterId) : DomainEvent
{
    public override string Type => "message.reported";

    public override long? ChannelId => Message.ChannelId;

    public override long? UserId => ReporterId;

    public override long? MessageId => Message.Id;
}
