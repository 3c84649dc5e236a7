using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>A member to import into a channel (platform contract, 1.4 ChannelMembershipImport); the time is ours.</summary>
internal sealed record MemberItem(string Username, DateTime? CreatedTime)
{
    public static MemberItem Read(ItemFields fields) =>
        new(fields.Text(ItemField.Username, TextLimits.Name, required: true)!, fields.Time(ItemField.CreatedTime));
}
