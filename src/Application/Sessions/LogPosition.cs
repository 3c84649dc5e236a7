using System.Globalization;

namespace ChatPlatform.Application.Sessions;

/// <summary>A position in the event log, which is in commit order.</summary>
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
