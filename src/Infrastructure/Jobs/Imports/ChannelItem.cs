using ChatPlatform.Domain.Channels;
using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>A channel to import (platform contract, 1.4 ChannelImport and its kinds).</summary>
/// <param name="Name">Of a group; null draws one. DIRECT has none.</param>
/// <param name="Creator">A user's name, as are the members.</param>
internal sealed record ChannelItem(
    ChannelType Type,
    string? Name,
    string? DisplayName,
    IReadOnlyList<string> Members,
    string? Creator,
    string? Properties,
    DateTime? CreatedTime)
{
    public IEnumerable<string> People => Creator is null ? Members : Members.Append(Creator);

    public static ChannelItem Read(ItemFields fields)
    {
        var type = fields.Text(ItemField.Type, TextLimits.Name, required: true);
        ChannelType? known = type switch
        {
            "PUBLIC" => ChannelType.Public,
            "PRIVATE" => ChannelType.Private,
            "DIRECT" => ChannelType.Direct,
            _ => null,
        };
        if (type is not null && known is null)
        {
            fields.Wrong(ItemField.Type.Camel, "must be PUBLIC, PRIVATE or DIRECT");
        }

        var isDirect = known is ChannelType.Direct;
        return new ChannelItem(
            known ?? default,
            isDirect ? null : fields.Text(ItemField.Name, TextLimits.Name),
            isDirect ? null : fields.Text(ItemField.DisplayName, TextLimits.DisplayName),
            fields.Texts(ItemField.Members, TextLimits.Name),
            fields.Text(ItemField.Creator, TextLimits.Name),
            fields.Object(ItemField.Properties),
            fields.Time(ItemField.CreatedTime));
    }
}
