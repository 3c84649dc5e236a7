namespace ChatPlatform.Domain.Common;

/// <summary>A row of one application; <see cref="ApplicationId"/> leads its key, its indexes and its foreign keys.</summary>
public interface ITenantOwned
{
    long ApplicationId { get; }
}

/// <summary>The transaction that stores a change also stores its <see cref="DomainEvent"/>s in the event log.</summary>
public abstract class AggregateRoot : ITenantOwned
{
    private readonly List<DomainEvent> _events = [];

    public long ApplicationId { get; protected set; }

    public IReadOnlyList<DomainEvent> DomainEvents => _events;

    public void ClearDomainEvents() => _events.Clear();

    protected void Raise(DomainEvent domainEvent) => _events.Add(domainEvent);
}

/// <summary>Ids are read when the change is stored, not when the event is raised: the database assigns them.</summary>
public abstract record DomainEvent
{
    /// <summary>Stable name in the event log, such as <c>message.sent</c>.</summary>
    public abstract string Type { get; }

    public virtual long? ChannelId => null;

    public virtual long? UserId => null;

    public virtual long? MessageId => null;

    /// <summary>Change of the message counts; null for none.</summary>
    public virtual MessageCountDelta? Counts => null;

    /// <summary>Written as JSON; null if the ids are enough.</summary>
    public virtual object? Payload => null;
}

/// <summary>A change of the message counts of one user in one channel.</summary>
/// <param name="SentAt">When the messages were sent (UTC); determines the bucket.</param>
/// <param name="Received">Positive for sent messages, negative for deleted ones.</param>
/// <param name="Broadcast">How many of them were broadcast to the channel.</param>
public sealed record MessageCountDelta(DateTime SentAt, int Received, int Broadcast);
