namespace ChatPlatform.Domain.Messages;

public enum MentionType
{
    Channel = 0,
    User = 1,
}

/// <summary>That a text names a user or a channel of the application.</summary>
/// <param name="Tag">As written, such as <c>&lt;@alice&gt;</c>.</param>
/// <param name="Start">Where the tag begins in the text, in UTF-16 code units.</param>
/// <param name="End">Behind its last code unit.</param>
/// <param name="TargetId">The user's or the channel's.</param>
public sealed record MessageMention(MentionType Type, string Tag, int Start, int End, long TargetId);

/// <summary>All mentions of a text, in its order.</summary>
public sealed record MessageMentions(IReadOnlyList<MessageMention> Items);
