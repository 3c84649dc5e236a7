using ChatPlatform.Domain.Common;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>A user to import (platform contract, 1.4 ChatUserImport).</summary>
internal sealed record UserItem(
    string Name, string DisplayName, bool IsGuest, string? PictureUrl, string? Properties, DateTime? CreatedTime)
{
    public static UserItem Read(ItemFields fields)
    {
        var name = fields.Text(ItemField.Name, TextLimits.Name, required: true);
        var picture = fields.Nested(ItemField.DisplayPicture);
        return new UserItem(
            name!,
            fields.Text(ItemField.DisplayName, TextLimits.DisplayName) ?? name!,
            fields.Flag(ItemField.IsGuest) ?? fields.Flag(ItemField.Guest) ?? false,
            picture?.Text(ItemField.Url, TextLimits.Url, required: true),
            fields.Object(ItemField.Properties),
            fields.Time(ItemField.CreatedTime));
    }
}
