namespace ChatPlatform.Application.Chats;

/// <summary>What a service tells about one of its chats.</summary>
/// <param name="UpdateId">The service's number for it, the same whenever it is told again.</param>
/// <param name="ChatExternalId">What the service calls the chat.</param>
public sealed record ServiceNews(long ApplicationId, string UpdateId, string ChatExternalId, IReadOnlyList<ChatNews> News);

/// <param name="At">When it happened, by the service's clock (UTC).</param>
public abstract record ChatNews(DateTime At)
{
    /// <param name="InvitedBy">Who added them, if somebody else did.</param>
    public sealed record Joined(Person Who, Person? InvitedBy, DateTime At) : ChatNews(At);

    public sealed record Left(Person Who, DateTime At) : ChatNews(At);

    public sealed record Retitled(string Title, DateTime At) : ChatNews(At);

    /// <param name="MessageId">What the service calls the message.</param>
    /// <param name="ReplyTo">What it calls the message that this one answers.</param>
    public sealed record Said(string MessageId, Person Who, string Text, string? ReplyTo, DateTime At) : ChatNews(At);

    /// <param name="SaidAt">When the message was sent first.</param>
    public sealed record Edited(string MessageId, Person Who, string Text, DateTime SaidAt, DateTime At) : ChatNews(At);

    public sealed record Moved(string ChatExternalId, DateTime At) : ChatNews(At);

    /// <summary>The service can no longer be told anything about the chat.</summary>
    public sealed record Lost(string Reason, DateTime At) : ChatNews(At);

    /// <summary>It can be told again.</summary>
    public sealed record Found(DateTime At) : ChatNews(At);
}

/// <summary>Somebody on a service.</summary>
/// <param name="Id">What the service calls them.</param>
public sealed record Person(string Id, string? Firstname, string? Lastname, string? Username, bool IsBot);
