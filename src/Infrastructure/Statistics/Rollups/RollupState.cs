namespace ChatPlatform.Infrastructure.Statistics.Rollups;

/// <summary>The one row that says what the rollups cover. Slots are quarter-hours since 1970-01-01 UTC.</summary>
public sealed class RollupState
{
    private RollupState() { }

    public short Id { get; private set; }

    /// <summary>Blocks of more than one slot exist exactly where they end at or before this slot; it only grows.</summary>
    public int Watermark { get; private set; }

    /// <summary>The earliest slot with a counted message or session.</summary>
    public int FirstSlot { get; private set; }

    /// <summary>The latest slot with a counted message.</summary>
    public int LastSlot { get; private set; }

    internal static RollupState Empty => new() { Id = 1, Watermark = Slots.First, FirstSlot = int.MaxValue, LastSlot = Slots.First };
}
