namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>What an idempotency key stands for.</summary>
/// <param name="Target">The user's, channel's, message's or thread's id.</param>
/// <param name="Content">The <see cref="ContentHash"/> of the item; null for items of older versions, which kept none.</param>
internal readonly record struct ImportedKey(long Target, long? Content);
