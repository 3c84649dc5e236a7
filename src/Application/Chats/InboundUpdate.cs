namespace ChatPlatform.Application.Chats;

/// <summary>What a service tells about one of its chats.</summary>
/// <param name="UpdateId">The service's number for it, the same whenever it is told again.</param>
/// <param name="ChatExternalId">What the service calls the chat.</param>
public sealed record InboundUpdate(long ApplicationId, string UpdateId, string ChatExternalId, IReadOnlyList<ChatUpdate> Updates);

/// <param name="At">When it happened, by the service's clock (UTC).</param>
public abstract record ChatUpdate(DateTime At)
{
    /// <param name="InvitedBy">Who added them, if somebody else did.</param>
    public sealed record Joined(ExternalUser User, ExternalUser? InvitedBy, DateTime At) : ChatUpdate(At);

    public sealed record Left(ExternalUser User, DateTime At) : ChatUpdate(At);

    public sealed record Renamed(string Title, DateTime At) : ChatUpdate(At);

    /// <param name="MessageId">What the service calls the message.</param>
    /// <param name="ReplyTo">What it calls the message that this one answers.</param>
    public sealed record MessageSent(string MessageId, ExternalUser User, string Text, string? ReplyTo, DateTime At) : ChatUpdate(At);

    /// <param name="SentAt">When the message was sent first.</param>
    public sealed record MessageEdited(string MessageId, ExternalUser User, string Text, DateTime SentAt, DateTime At) : ChatUpdate(At);

    public sealed record Moved(string ChatExternalId, DateTime At) : ChatUpdate(At);

    /// <summary>The service can no longer be told anything about the chat.</summary>
    public sealed record AccessLost(string Reason, DateTime At) : ChatUpdate(At);

    /// <summary>It can be told again.</summary>
    public sealed record AccessRestored(DateTime At) : ChatUpdate(At);
}

/// <summary>Somebody on a service.</summary>
/// <param name="Id">What the service calls them.</param>
public sealed record ExternalUser(string Id, string? Firstname, string? Lastname, string? Username, bool IsBot);
