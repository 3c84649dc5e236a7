using System.Text.Json;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Events;

/// <summary>
/// A row of the event log. Followers read rows in commit order, by (<see cref="Xid"/>, <see cref="Id"/>), and only those whose
/// transaction is older than every running one.
/// </summary>
public sealed class LoggedEvent : ITenantOwned
{
    private LoggedEvent() { }

    public long ApplicationId { get; private set; }

    public long Id { get; private set; }

    /// <summary>The id of the writing transaction, set by the database.</summary>
    public ulong Xid { get; private set; }

    /// <summary>The time of writing, by the database clock; decides when the row is trimmed.</summary>
    public DateTime RecordedTime { get; private set; }

    public string Type { get; private set; } = null!;

    public long? ChannelId { get; private set; }

    public long? UserId { get; private set; }

    public long? MessageId { get; private set; }

    /// <summary>When the counted messages were sent; null when the event counts nothing.</summary>
    public DateTime? SentAt { get; private set; }

    public int Received { get; private set; }

    public int Broadcast { get; private set; }

    public string? Payload { get; private set; }

    internal static LoggedEvent Of(long applicationId, DomainEvent domainEvent) => new()
    {
        ApplicationId = applicationId,
        Type = domainEvent.Type,
        ChannelId = domainEvent.ChannelId,
        UserId = domainEvent.UserId,
        MessageId = domainEvent.MessageId,
        SentAt = domainEvent.Counts?.SentAt,
        Received = domainEvent.Counts?.Received ?? 0,
        Broadcast = domainEvent.Counts?.Broadcast ?? 0,
        Payload = domainEvent.Payload is null ? null : JsonSerializer.Serialize(domainEvent.Payload, JsonSerializerOptions.Web),
    };
}
