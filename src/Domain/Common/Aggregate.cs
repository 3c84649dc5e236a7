namespace ChatPlatform.Domain.Common;

/// <summary>A row that belongs to one application; <see cref="ApplicationId"/> leads its key, its indexes and its foreign keys.</summary>
public interface ITenantOwned
{
    long ApplicationId { get; }
}

/// <summary>
/// The root of what changes together. It guards its own rules and notes what happened as <see cref="DomainEvent"/>s,
/// which are stored in the event log by the transaction that stores the change.
/// </summary>
public abstract class Aggregate : ITenantOwned
{
    private readonly List<DomainEvent> _events = [];

    public long ApplicationId { get; protected set; }

    public IReadOnlyList<DomainEvent> DomainEvents => _events;

    public void ClearDomainEvents() => _events.Clear();

    protected void Raise(DomainEvent happened) => _events.Add(happened);
}

/// <summary>Something that happened in an application. Ids are read when the change is stored, not when it was noted.</summary>
public abstract record DomainEvent
{
    /// <summary>Stable name in the event log, such as <c>message.sent</c>.</summary>
    public abstract string Type { get; }

    public virtual long? ChannelId => null;

    public virtual long? UserId => null;

    public virtual long? MessageId => null;

    /// <summary>What this event adds to the message counts; null when it counts nothing.</summary>
    public virtual MessageCountDelta? Counts => null;

    /// <summary>What followers need beyond the ids; written as JSON. Null when the ids say it all.</summary>
    public virtual object? Payload => null;
}

/// <summary>A change to the message counts of one user in one channel at one moment.</summary>
/// <param name="SentAt">When the counted messages were sent (UTC); decides the bucket.</param>
/// <param name="Received">Messages that reached the server: positive when sent, negative when deleted.</param>
/// <param name="Broadcast">Those of them that were passed on to the channel.</param>
public sealed record MessageCountDelta(DateTime SentAt, int Received, int Broadcast);
