namespace ChatPlatform.Domain.Messages;

public enum MentionType
{
    Channel = 0,
    User = 1,
}

/// <param name="Tag">As written, such as <c>&lt;@alice&gt;</c>.</param>
/// <param name="Start">Offset of the tag in the text, in UTF-16 code units.</param>
/// <param name="End">Exclusive.</param>
public sealed record MessageMention(MentionType Type, string Tag, int Start, int End, long TargetId);

/// <summary>In the order of the text.</summary>
public sealed record MessageMentions(IReadOnlyList<MessageMention> Items);
