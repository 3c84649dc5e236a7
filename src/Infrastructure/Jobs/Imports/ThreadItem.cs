using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>A STANDALONE thread of a channel to import (docs/contracts/platform.md#imports).</summary>
/// <param name="Key">Idempotency key, shared with messages; <see cref="MessageItem.Thread"/> refers to it.</param>
internal sealed record ThreadItem(string Key, string Name, string? Properties, DateTime? CreatedTime)
{
    public static ThreadItem Read(ItemFields fields) => new(
        fields.Text(ItemField.IdempotencyKey, TextLimits.IdempotencyKey, required: true)!,
        fields.Text(ItemField.Name, TextLimits.Name, required: true)!,
        fields.Object(ItemField.Properties),
        fields.Time(ItemField.CreatedTime));
}
