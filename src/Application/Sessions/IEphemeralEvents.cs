using System.Globalization;
using System.Text.Json;

namespace ChatPlatform.Application.Sessions;

/// <summary>
/// What is told to those inside of a channel without being a message: events of the application's own, and what members type. It lies
/// in the event log for a short time.
/// </summary>
public interface IEphemeralEvents
{
    /// <summary>How long it can be read.</summary>
    static readonly TimeSpan Retention = TimeSpan.FromMinutes(10);

    /// <summary>Reads the current application's news in the order of commits, so that nothing is left out or read twice.</summary>
    /// <param name="since">What is older is left out (UTC).</param>
    /// <param name="after">The place of the last item read; null for none.</param>
    Task<IReadOnlyList<EphemeralEvent>> ReadAsync(
        EphemeralEventType type, long channelId, DateTime since, LogPosition? after, int limit, CancellationToken cancellationToken);
}

public enum EphemeralEventType
{
    Custom = 0,
    Keystrokes = 1,
}

/// <param name="Content">As the event that told it wrote it.</param>
public sealed record EphemeralEvent(LogPosition Position, JsonElement Content);

/// <summary>A place in the event log, which runs in the order of commits.</summary>
public readonly record struct LogPosition(ulong Transaction, long Event)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Transaction}.{Event}");

    public static bool TryParse(string? text, out LogPosition position)
    {
        position = default;
        var parts = text?.Split('.') ?? [];
        if (parts.Length != 2
            || !ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var transaction)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var eventId))
        {
            return false;
        }

        position = new LogPosition(transaction, eventId);
        return true;
    }
}
