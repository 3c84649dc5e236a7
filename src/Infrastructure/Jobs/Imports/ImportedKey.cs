namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>The target of an idempotency key.</summary>
/// <param name="Target">Id of the user, channel, message or thread.</param>
/// <param name="Content"><see cref="ContentHash"/> of the item; null for items imported by older versions.</param>
internal readonly record struct ImportedKey(long Target, long? Content);
