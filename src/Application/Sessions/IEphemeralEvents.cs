using System.Text.Json;

namespace ChatPlatform.Application.Sessions;

/// <summary>Custom events and keystrokes for users with a chat session. They stay in the event log for a short time.</summary>
public interface IEphemeralEvents
{
    static readonly TimeSpan Retention = TimeSpan.FromMinutes(10);

    /// <summary>Reads in commit order, so that no event is missed or repeated.</summary>
    /// <param name="since">Older events are omitted (UTC).</param>
    /// <param name="after">Position of the last event read; null for none.</param>
    Task<IReadOnlyList<EphemeralEvent>> ReadAsync(
        EphemeralEventType type, long channelId, DateTime since, LogPosition? after, int limit, CancellationToken cancellationToken);
}

public enum EphemeralEventType
{
    Custom = 0,
    Keystrokes = 1,
}

/// <param name="Content">The payload of the event.</param>
public sealed record EphemeralEvent(LogPosition Position, JsonElement Content);
