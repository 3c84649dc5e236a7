namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>An item as read: a value of its type, or what is wrong with it.</summary>
/// <param name="Index">Its place in the file, from 0.</param>
/// <param name="Key">Its idempotency key; null when it has none or none could be read.</param>
/// <param name="Problem">For a person; null exactly when there is a value.</param>
internal sealed record ImportItem<T>(long Index, string? Key, T? Value, string? Problem)
    where T : class
{
    /// <summary>How it is written in the file; kept only where a type may set items aside.</summary>
    public byte[]? Text { get; init; }

    /// <summary>Tells this item from another that came with the same key; see <see cref="ContentHash"/>.</summary>
    public long Content { get; init; }
}
