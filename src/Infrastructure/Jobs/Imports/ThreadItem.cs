using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>A STANDALONE thread within a channel to import; ours.</summary>
/// <param name="Key">By which messages name it (<see cref="MessageItem.Thread"/>): an idempotency key among those of messages.</param>
internal sealed record ThreadItem(string Key, string Name, string? Properties, DateTime? CreatedTime)
{
    public static ThreadItem Read(ItemFields fields) => new(
        fields.Text(ItemField.IdempotencyKey, TextLimits.IdempotencyKey, required: true)!,
        fields.Text(ItemField.Name, TextLimits.Name, required: true)!,
        fields.Object(ItemField.Properties),
        fields.Time(ItemField.CreatedTime));
}
