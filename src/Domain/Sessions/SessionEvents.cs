using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Sessions;

public sealed record UserSessionStarted(UserSession Session) : DomainEvent
{
    public override string Type => "session.started";

    public override long? UserId => Session.UserId;
}

public sealed record UserSessionEnded(UserSession Session) : DomainEvent
{
    public override string Type => "session.ended";

    public override long? UserId => Session.UserId;
}

public sealed record ChatSessionStarted(ChatSession Session) : DomainEvent
{
    public override string Type => "chat_session.started";

    public override long? ChannelId => Session.ChannelId;

    public override long? UserId => Session.UserId;
}

public sealed record ChatSessionEnded(ChatSession Session) : DomainEvent
{
    public override string Type => "chat_session.ended";

    public override long? ChannelId => Session.ChannelId;

    public override long? UserId => Session.UserId;
}
