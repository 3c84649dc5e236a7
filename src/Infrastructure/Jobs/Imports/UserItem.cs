using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Users;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>A user to import (docs/contracts/platform.md#imports). Exports also write type, presence and deletion.</summary>
/// <param name="Name">Null for deleted users only.</param>
internal sealed record UserItem(
    string? Name,
    string? DisplayName,
    bool IsGuest,
    UserType Type,
    string? PresenceStatus,
    string? PictureUrl,
    string? Properties,
    DateTime? CreatedTime,
    DateTime? DeletedTime)
{
    public static UserItem Read(ItemFields fields)
    {
        var deletedTime = fields.Time(ItemField.DeletedTime);
        var picture = fields.Nested(ItemField.DisplayPicture);
        var type = fields.Text(ItemField.Type, TextLimits.Name);
        if (type is not (null or "PERSON" or "BOT"))
        {
            fields.AddError(ItemField.Type.Camel, "must be PERSON or BOT");
        }

        return new UserItem(
            fields.Text(ItemField.Name, TextLimits.Name, required: deletedTime is null),
            fields.Text(ItemField.DisplayName, TextLimits.DisplayName),
            fields.Flag(ItemField.IsGuest) ?? fields.Flag(ItemField.Guest) ?? false,
            type is "BOT" ? UserType.Bot : UserType.Person,
            fields.Text(ItemField.PresenceStatus, TextLimits.DisplayName, allowBlank: true),
            picture?.Text(ItemField.Url, TextLimits.Url, required: true),
            fields.Object(ItemField.Properties),
            fields.Time(ItemField.CreatedTime),
            deletedTime);
    }
}
