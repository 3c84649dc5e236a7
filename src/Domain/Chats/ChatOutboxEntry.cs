using ChatPlatform.Domain.Common;

namespace ChatPlatform.Domain.Chats;

public enum ChatOutboxState
{
    Pending = 0,

    /// <summary>Somebody makes it now, or died over it.</summary>
    InProgress = 1,
    Done = 2,

    /// <summary>The service will not have it, however often it is asked.</summary>
    Refused = 3,

    /// <summary>It may or may not have arrived, and twice would do harm: a person decides.</summary>
    InDoubt = 4,
}

/// <summary>
/// Something that a chat's service is to be told. The calls of a chat are made one after another, in the order in which things
/// happened; a claim is a lease, so that another server goes on where one died.
/// </summary>
public sealed class ChatOutboxEntry : ITenantOwned
{
    private ChatOutboxEntry() { }

    public long ApplicationId { get; private set; }

    public long Id { get; private set; }

    public Guid ChatId { get; private set; }

    /// <summary>What to tell, as JSON.</summary>
    public string Operation { get; private set; } = null!;

    /// <summary>The message that it is about, if any.</summary>
    public long? MessageId { get; private set; }

    public ChatOutboxState State { get; private set; }

    public int Attempts { get; private set; }

    public DateTime CreatedTime { get; private set; }

    public DateTime NotBefore { get; private set; }

    public DateTime? LeaseUntil { get; private set; }

    public DateTime? EndedTime { get; private set; }

    /// <summary>What the service said last when it did not do it.</summary>
    public string? Error { get; private set; }

    /// <summary>Whether a try was begun of which nobody knows how it ended.</summary>
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

    /// <summary>The service did not do it, and is asked again then.</summary>
    public void Postpone(string error, DateTime notBefore)
    {
        State = ChatOutboxState.Pending;
        Error = Cut(error);
        NotBefore = notBefore;
        LeaseUntil = null;
    }

    public void Finish(DateTime now) => End(ChatOutboxState.Done, null, now);

    public void Refuse(string error, DateTime now) => End(ChatOutboxState.Refused, error, now);

    public void MarkInDoubt(string error, DateTime now) => End(ChatOutboxState.InDoubt, error, now);

    private static string Cut(string error) => error.Length > Chat.MaxLastError ? error[..Chat.MaxLastError] : error;

    private void End(ChatOutboxState state, string? error, DateTime now)
    {
        State = state;
        Error = error is null ? null : Cut(error);
        EndedTime = now;
        LeaseUntil = null;
    }
}
