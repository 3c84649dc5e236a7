using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Messages;

/// <summary>What an edited message said from <see cref="CapturedAt"/> until its next version.</summary>
public sealed class MessageVersion : ITenantOwned
{
    private MessageVersion() { }

    public long ApplicationId { get; private set; }

    public long Id { get; private set; }

    public long MessageId { get; private set; }

    public string Body { get; private set; } = null!;

    public DateTime CapturedAt { get; private set; }

    internal static MessageVersion Of(Message message, string body, DateTime at) => new()
    {
        ApplicationId = message.ApplicationId,
        MessageId = message.Id,
        Body = body,
        CapturedAt = at,
    };
}
