using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>A member to import into a channel (docs/contracts/platform.md#imports).</summary>
/// <param name="Channel">Name of a group; null when the import names the channel.</param>
internal sealed record MemberItem(string Username, string? Channel, bool IsModerator, DateTime? CreatedTime)
{
    public static MemberItem Read(ItemFields fields) => new(
        fields.Text(ItemField.Username, TextLimits.Name, required: true)!,
        fields.Text(ItemField.Channel, TextLimits.Name),
        fields.Flag(ItemField.Moderator) ?? false,
        fields.Time(ItemField.CreatedTime));
}
