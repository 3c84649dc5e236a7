using ChatPlatform.Domain.Common;
using ChatPlatform.Domain.Messages;

namespace ChatPlatform.Infrastructure.Jobs.Imports;

/// <summary>A message to import (docs/contracts/platform.md#imports).</summary>
/// <param name="ChannelId">Null when the channel is given by name or key.</param>
/// <param name="User">The sender's name; null for system messages.</param>
/// <param name="ReplyTo">Idempotency key of the parent.</param>
/// <param name="ChannelKey">Idempotency key of a channel without a name.</param>
/// <param name="UserKey">Idempotency key of a deleted sender.</param>
/// <param name="Joins">False when the sender has left the channel since; they do not become a member.</param>
/// <param name="Broadcast">Whether it was broadcast; null: as the channel and its blacklist say now.</param>
/// <param name="Thread">Key of its STANDALONE thread; null for the main thread or that of <paramref name="ReplyTo"/>.</param>
internal sealed record MessageItem(
    long? ChannelId,
    string? Channel,
    string? User,
    MessageContent Content,
    DateTime? CreatedTime,
    string? ReplyTo,
    string? ChannelKey,
    string? UserKey,
    bool Joins,
    bool? Broadcast,
    DateTime? LastEditedTime,
    string? Thread)
{
    private const string Types = "must be TEXT, SYSTEM_TEXT, FILE or SYSTEM_FILE";

    public static MessageItem Read(ItemFields fields)
    {
        var type = fields.Text(ItemField.Type, TextLimits.Name, required: true);
        if (type is not (null or "TEXT" or "SYSTEM_TEXT" or "FILE" or "SYSTEM_FILE"))
        {
            fields.AddError(ItemField.Type.Camel, Types);
        }

        var isFile = type is "FILE" or "SYSTEM_FILE";
        var file = ReadFile(fields, isFile);
        var body = fields.Text(ItemField.Body, TextLimits.Body, required: !isFile && file is null);
        var channelId = fields.Number(ItemField.ChannelId);
        var channel = channelId is null ? fields.Text(ItemField.Channel, TextLimits.Name) : null;
        var channelKey = fields.Text(ItemField.ChannelKey, TextLimits.IdempotencyKey);
        if (channelId is null && channel is null && channelKey is null && fields.Problem is null)
        {
            fields.AddError(ItemField.ChannelId.Camel, "is required unless channel or channelKey is given");
        }

        // The vendor's example of a system message has a user, which is ignored (docs/contracts/platform.md#imports).
        var isSystem = type is "SYSTEM_TEXT" or "SYSTEM_FILE";
        var (user, userKey) = (fields.Text(ItemField.User, TextLimits.Name), fields.Text(ItemField.UserKey, TextLimits.IdempotencyKey));
        return new MessageItem(
            channelId,
            channel,
            isSystem ? null : user,
            new MessageContent(
                file is null ? body : null,
                file,
                fields.Text(ItemField.GroupTag, TextLimits.GroupTag, allowBlank: true),
                fields.Object(ItemField.Properties)),
            fields.Time(ItemField.CreatedTime),
            fields.Text(ItemField.ReplyTo, TextLimits.IdempotencyKey),
            channelKey,
            isSystem ? null : userKey,
            fields.Flag(ItemField.Joins) ?? true,
            fields.Flag(ItemField.Broadcast),
            file is null ? fields.Time(ItemField.LastEditedTime) : null,
            fields.Text(ItemField.Thread, TextLimits.IdempotencyKey));
    }

    private static MessageFile? ReadFile(ItemFields fields, bool isRequired)
    {
        if (fields.Nested(ItemField.File) is not { } file)
        {
            if (isRequired && fields.Problem is null)
            {
                fields.AddError(ItemField.File.Camel, "is required");
            }

            return null;
        }

        var url = file.Text(ItemField.Url, TextLimits.Url, required: true);
        var name = file.Text(ItemField.Name, TextLimits.Name, required: true);
        var type = file.Text(ItemField.ContentType, TextLimits.Name, required: true);
        var size = file.Number(ItemField.Size, required: true);
        if (size < 0)
        {
            file.AddError(ItemField.Size.Camel, "must not be negative");
        }

        return new MessageFile(FileType.External, url!, name!, type!, size ?? 0);
    }
}
