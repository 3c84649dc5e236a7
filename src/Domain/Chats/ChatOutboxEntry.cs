using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Chats;

public enum ChatOutboxState
{
    Pending = 0,

    /// <summary>A server is sending it, or stopped while sending.</summary>
    InProgress = 1,
    Done = 2,
    Refused = 3,

    /// <summary>May or may not have arrived, and sending it twice would do harm: an operator decides.</summary>
    InDoubt = 4,
}

/// <summary>An operation to be sent to a chat's service: one at a time and in order per chat. A claim is a lease.</summary>
public sealed class ChatOutboxEntry : ITenantOwned
{
    private ChatOutboxEntry() { }

    public long ApplicationId { get; private set; }

    public long Id { get; private set; }

    public Guid ChatId { get; private set; }

    /// <summary>JSON.</summary>
    public string Operation { get; private set; } = null!;

    public long? MessageId { get; private set; }

    public ChatOutboxState State { get; private set; }

    public int Attempts { get; private set; }

    public DateTime CreatedTime { get; private set; }

    public DateTime NotBefore { get; private set; }

    public DateTime? LeaseUntil { get; private set; }

    public DateTime? EndedTime { get; private set; }

    public string? Error { get; private set; }

    /// <summary>Whether an attempt began whose outcome is unknown.</summary>
    public bool WasInterrupted => State is ChatOutboxState.InProgress;

    public static ChatOutboxEntry Create(long applicationId, Guid chatId, string operation, long? messageId, DateTime now) => new()
    {
        ApplicationId = applicationId,
        ChatId = chatId,
        Operation = operation,
        MessageId = messageId,
        CreatedTime = now,
        NotBefore = now,
    };

    public void Claim(DateTime now, TimeSpan lease)
    {
        State = ChatOutboxState.InProgress;
        Attempts++;
        LeaseUntil = now + lease;
    }

    public void Postpone(string error, DateTime notBefore)
    {
        State = ChatOutboxState.Pending;
        Error = StorableText.Truncate(error, Chat.MaxLastError);
        NotBefore = notBefore;
        LeaseUntil = null;
    }

    public void Finish(DateTime now) => End(ChatOutboxState.Done, null, now);

    public void Refuse(string error, DateTime now) => End(ChatOutboxState.Refused, error, now);

    public void MarkInDoubt(string error, DateTime now) => End(ChatOutboxState.InDoubt, error, now);

    private void End(ChatOutboxState state, string? error, DateTime now)
    {
        State = state;
        Error = error is null ? null : StorableText.Truncate(error, Chat.MaxLastError);
        EndedTime = now;
        LeaseUntil = null;
    }
}
