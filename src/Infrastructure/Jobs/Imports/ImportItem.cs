namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>An item of a file: its value, or why it is invalid.</summary>
/// <param name="Index">Position in the file, from 0.</param>
/// <param name="Key">Idempotency key; null if absent or unreadable.</param>
/// <param name="Problem">A message for users; null exactly when there is a value.</param>
internal sealed record ImportItem<T>(long Index, string? Key, T? Value, string? Problem)
    where T : class
{
    /// <summary>The item's text in the file; kept only for types that can be deferred.</summary>
    public byte[]? Text { get; init; }

    /// <summary>See <see cref="ContentHash"/>.</summary>
    public long Content { get; init; }
}
