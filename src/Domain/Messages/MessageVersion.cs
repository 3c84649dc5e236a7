using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Messages;

/// <summary>A text of an edited message, valid from <see cref="CapturedAt"/> until the next version.</summary>
public sealed class MessageVersion : ITenantOwned
{
    private MessageVersion() { }

    public long ApplicationId { get; private set; }

    public long Id { get; private set; }

    public long MessageId { get; private set; }

    public string Body { get; private set; } = null!;

    public DateTime CapturedAt { get; private set; }

    /// <summary>Orders versions of the same time; 0 for the original text.</summary>
    public long Sequence { get; private set; }

    internal static MessageVersion Of(Message message, string body, ServiceTime at) => new()
    {
        ApplicationId = message.ApplicationId,
        MessageId = message.Id,
        Body = body,
        CapturedAt = at.At,
        Sequence = at.Sequence,
    };
}
