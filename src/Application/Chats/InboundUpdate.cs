using ChatPlatform.Domain.Common;

namespace ChatPlatform.Application.Chats;

/// <summary>An update that a service sent about one of its chats.</summary>
/// <param name="UpdateId">The service's id of the update, the same when it is repeated.</param>
/// <param name="ChatExternalId">The service's id of the chat.</param>
public sealed record InboundUpdate(long ApplicationId, string UpdateId, string ChatExternalId, IReadOnlyList<ChatUpdate> Updates);

/// <param name="At">When it happened, by the service's clock (UTC).</param>
public abstract record ChatUpdate(DateTime At)
{
    /// <summary>Orders the updates of the same time; 0 if the service has no order.</summary>
    public long Sequence { get; init; }

    internal ServiceTime Time => new(At, Sequence);

    /// <param name="InvitedBy">Null for users who joined by themselves.</param>
    public sealed record Joined(ExternalUser User, ExternalUser? InvitedBy, DateTime At) : ChatUpdate(At);

    public sealed record Left(ExternalUser User, DateTime At) : ChatUpdate(At);

    /// <summary>The user is not in the chat, perhaps never was.</summary>
    public sealed record Absent(ExternalUser User, DateTime At) : ChatUpdate(At);

    public sealed record Renamed(string Title, DateTime At) : ChatUpdate(At);

    /// <param name="MessageId">The service's id of the message.</param>
    /// <param name="ReplyTo">The service's id of the parent message.</param>
    public sealed record MessageSent(string MessageId, ExternalUser User, string Text, string? ReplyTo, DateTime At) : ChatUpdate(At);

    /// <param name="SentAt">The time of the original message.</param>
    public sealed record MessageEdited(string MessageId, ExternalUser User, string Text, DateTime SentAt, DateTime At) : ChatUpdate(At);

    public sealed record Moved(string ChatExternalId, DateTime At) : ChatUpdate(At);

    /// <summary>This server can no longer change the chat on the service.</summary>
    public sealed record AccessLost(string Reason, DateTime At) : ChatUpdate(At);

    public sealed record AccessRestored(DateTime At) : ChatUpdate(At);
}

/// <param name="Id">The service's id of the user.</param>
/// <param name="IsBot">Also for groups and channels, which are no persons.</param>
public sealed record ExternalUser(string Id, string? Firstname, string? Lastname, string? Username, bool IsBot);
